"""Layout 20: words are compared one by one in triggers, which are guards alone."""

import sqlite3


def step(connection: sqlite3.Connection) -> None:
    """Change nothing but the guards, which every migration makes anew."""
