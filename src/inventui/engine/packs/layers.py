"""Layers: the packs of a world in their order, as it keeps them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from inventui.content.source import PackFile
from inventui.db.statements import Connection, Statement
from inventui.engine.core.audited_numbers import keep_numbers_of
from inventui.engine.core.settings import CATALOGUE, set_setting, setting
from inventui.engine.packs.load_items import load_into

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inventui.content.layers import Layer
    from inventui.content.pack import Pack


class _Row(NamedTuple):
    pack: str
    version: str
    digest: str
    plain: int
    files: str
    active: int


_KEPT = Statement(
    "SELECT pack, version, digest, plain, files, active FROM pack_layer ORDER BY position, id", _Row
)
_OFF = Statement("UPDATE pack_layer SET active = 0")
_NEW = Statement(
    "INSERT INTO pack_layer (pack, plain, version, digest, files, position, active)"
    " VALUES (:pack, :plain, :version, :digest, :files, :position, 1)"
)
_OLD = Statement(
    "UPDATE pack_layer SET version = :version, digest = :digest, files = :files,"
    " position = :position, active = 1 WHERE pack = :pack"
)


@dataclass(frozen=True, slots=True)
class KeptPack:
    """A pack of a world.

    Attributes:
        pack: its id.
        version: as its files say; empty where they were not kept.
        digest: of its files.
        plain: its ids stand in the catalogue as they are, not after its own id and a colon.
        files: names and texts; none where a world of before did not keep them.
        active: it is in force; else the world had it once.
    """

    pack: str
    version: str
    digest: str
    plain: bool
    files: tuple[tuple[str, str], ...]
    active: bool = True

    def layer(self) -> Layer:
        """It, to be loaded again."""
        from inventui.content.layers import Layer

        files = tuple(PackFile(name, text.encode()) for name, text in self.files)
        return Layer(self.pack, files, self.plain)


def kept_pack(layer: Layer) -> KeptPack:
    """A pack to be kept.

    Raises:
        PackError: it has no `[pack]` table, or a file that can't be read.
    """
    from inventui.content.loader import head_of

    head = head_of(layer)
    files = tuple((file.name, file.data.decode(errors="replace")) for file in layer.files)
    return KeptPack(head.id, head.version, layer.digest, layer.plain, files)


def packs_of(connection: Connection) -> tuple[KeptPack, ...]:
    """All packs that a world has or had, those in force in their order."""
    return tuple(
        KeptPack(
            row.pack,
            row.version,
            row.digest,
            bool(row.plain),
            tuple(sorted(json.loads(row.files).items())),
            bool(row.active),
        )
        for row in connection.execute(_KEPT)
    )


def put_in_force(connection: Connection, packs: Sequence[KeptPack], content: Pack) -> None:
    """Make these packs the world's, in this order, and its catalogue what they are together.

    Args:
        connection: of a write transaction in which no operation is under way.
        packs: to be kept.
        content: what they are together.
    """
    load_into(connection, content)
    connection.execute(_OFF)
    for position, pack in enumerate(packs, 1):
        fields = {
            "pack": pack.pack,
            "version": pack.version,
            "digest": pack.digest,
            "files": json.dumps(dict(pack.files), sort_keys=True),
            "position": position,
        }
        if connection.execute(_OLD, fields).rowcount == 0:
            connection.execute(_NEW, {**fields, "plain": int(pack.plain)})
    set_setting(connection, CATALOGUE, content.digest)
    keep_numbers_of(connection, content.digest, content.numbers)


def catalogue_digest(connection: Connection) -> str | None:
    """What tells the catalogue in force from others; None before there is one."""
    return setting(connection, CATALOGUE)
