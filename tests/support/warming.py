"""Imports all that a command may need, in the process that others are copied from."""

import pipelines.__main__
import pipelines.build  # noqa: F401 - imported for its own sake
