"""Whose machine a game runs on, and how its player reaches the files that it writes."""

from __future__ import annotations

import os
from enum import Enum, auto
from pathlib import Path, PurePath

from inventui import config

YOUR_FILES = "the page Files, or sftp"
"""How a guest reaches the folder of their files."""


class SessionKind(Enum):
    """Where a game runs, and so what of the machine and the world its player may touch."""

    OWNER = auto()
    """On the player's own machine."""
    GUEST = auto()
    """On the machine of a world's owner: one player, in a folder of their own."""

    def file_path(self, typed: str) -> str:
        """Where a file goes that a player names: a guest's lie among their documents."""
        if self is SessionKind.OWNER:
            return typed
        return str(config.documents_dir() / PurePath(typed).name)

    def shown_path(self, path: str | PurePath) -> str:
        """A path as the player reaches it: a guest's begins below the folder of their files."""
        if self is SessionKind.OWNER:
            return str(path)
        folder, file = config.documents_dir().absolute(), Path(path).absolute()
        return str(file.relative_to(folder)) if file.is_relative_to(folder) else file.name

    def told(self, words: str) -> str:
        """A sentence that may name a path, with the path as the player reaches it."""
        if self is SessionKind.OWNER:
            return words
        return words.replace(f"{config.documents_dir()}{os.sep}", "")
