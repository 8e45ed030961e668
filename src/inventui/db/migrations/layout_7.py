"""Layout 7: what is kept of a passphrase is always a hash; no passphrase is one of its own."""

import sqlite3

NONE_ASKED = (
    "$argon2id$v=19$m=8,t=1,p=1$bm8gcGFzc3BocmFzZS4uLg$z+ciGbCQ0w9ySP3jsh2C74MagKNOH/XtIzFCCwyknlA"
)
"""The hash that stands for none."""


def step(connection: sqlite3.Connection) -> None:
    """Write what stood empty as the hash that stands for none."""
    connection.execute("UPDATE passphrase SET hash = ? WHERE hash = ''", (NONE_ASKED,))
