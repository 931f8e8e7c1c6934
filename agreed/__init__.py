"""What both halves must say the same way: each thing stands here once.

The half that builds (`pipelines`) and the half that shows (`analytics`) share settings,
the names inside the warehouse, and this. It imports nothing of ours.
"""
