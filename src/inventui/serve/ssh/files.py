"""A player's own files by sftp, to read alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import asyncssh

if TYPE_CHECKING:
    from pathlib import Path

    from inventui.serve.context import ServerContext

SIGNED_IN = "player"
MOST_OPEN = 16
"""Files that a player may have open at once, by all their connections."""


class OwnFiles(asyncssh.SFTPServer):
    """A player's own folder."""

    def __init__(self, chan: asyncssh.SSHServerChannel[bytes], context: ServerContext) -> None:
        self._player: int = chan.get_extra_info(SIGNED_IN).id
        self._opened = context.opened_files
        folder: Path = context.sessions.documents(self._player)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        super().__init__(chan, chroot=str(folder).encode())

    def open(self, path: bytes, pflags: int, attrs: asyncssh.SFTPAttrs) -> Any:
        """Open a file to read."""
        if pflags & ~asyncssh.FXF_READ:
            raise _read_only()
        if self._opened[self._player] >= MOST_OPEN:
            raise asyncssh.SFTPFailure("as many files are open as may be")
        opened = super().open(path, pflags, attrs)
        self._opened[self._player] += 1
        return opened

    def close(self, file_obj: object) -> Any:
        """Close a file."""
        self._opened[self._player] -= 1
        return super().close(file_obj)

    def format_user(self, uid: int | None) -> str:  # noqa: ARG002
        """Nobody's business: whose they are on this machine."""
        return "-"

    def format_group(self, gid: int | None) -> str:  # noqa: ARG002
        """Likewise."""
        return "-"


def _read_only() -> asyncssh.SFTPError:
    return asyncssh.SFTPPermissionDenied("these files are to read alone")


def _refuse(*_: object, **__: object) -> Any:
    raise _read_only()


for _change in (
    "open56", "write", "setstat", "fsetstat", "lsetstat", "remove", "mkdir", "rmdir", "rename",
    "posix_rename", "symlink", "link", "readlink", "lock", "unlock", "statvfs", "fstatvfs",
):  # fmt: skip
    setattr(OwnFiles, _change, _refuse)
