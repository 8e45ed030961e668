"""Exit statuses."""

from enum import IntEnum


class ExitStatus(IntEnum):
    """What a command's exit status says."""

    DONE = 0
    REFUSED = 1
    """A rule said no, or a verification or an audit found a fault."""
    USAGE = 2
    """The command line itself is wrong."""
    WORLD = 3
    """The database can't be used."""
    FAULT = 70
    """A fault of the program: its log has the details."""
    OUTPUT = 74
    """The answer could not be written to the standard output."""
    INTERRUPTED = 130
    """Stopped with ctrl+c."""
