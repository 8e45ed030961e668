"""Layout 18: the files of a pack are kept, which is a guard alone."""

import sqlite3


def step(connection: sqlite3.Connection) -> None:
    """Change nothing but the guards, which every migration makes anew."""
