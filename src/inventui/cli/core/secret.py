"""Passphrases: typed at a terminal without being shown, never given as an argument."""

import sys
import warnings


def ask(prompt: str) -> str | None:
    """What is typed, or None if there is no terminal that can hide it."""
    streams = (sys.stdin, sys.stderr)
    if any(stream is None or not stream.isatty() for stream in streams):
        return None
    from getpass import GetPassWarning, getpass

    with warnings.catch_warnings():
        # A terminal that would show it is no place to type it.
        warnings.simplefilter("error", GetPassWarning)
        try:
            return getpass(prompt, sys.stderr)
        except (EOFError, OSError, UnicodeError, GetPassWarning):
            return None
