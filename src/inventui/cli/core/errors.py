"""Errors of the command line itself."""


class OutputError(Exception):
    """Standard output could not be written; the command itself is done.

    Attributes:
        gone: whether its reader just left, as `head` does.
    """

    def __init__(self, error: OSError | None) -> None:
        super().__init__(str(error))
        self.gone = error is None or isinstance(error, BrokenPipeError)
        self.why = "" if error is None else error.strerror or str(error)
