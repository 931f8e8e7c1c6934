"""Errors that a person can act on: printed without a traceback."""


class BuildError(Exception):
    """The build or check cannot go on; the message says why and what to do."""


class FileRefusedError(BuildError):
    """One file cannot be loaded at all; every other file still is."""
