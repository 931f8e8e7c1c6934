"""A grammar of dirt: files as councils send them, made from rows whose truth is known.

`meant` invents rows of typed values; `forms` writes each value as somebody would;
`slips` spoils cells so that their row must be set aside; `grammar` draws the dirt of a
file as a whole; `render` and `book` write it; `oracle` says, in plain Python that knows
nothing of the pipeline, what must become of every line; `verdict` runs the pipeline and
compares.
"""
