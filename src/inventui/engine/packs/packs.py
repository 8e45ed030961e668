"""Packs of a world: what its catalogue is made of, and changing that. The owner's business."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from inventui.content.source import base_pack, pack_digest
from inventui.engine.packs.changes import differences, snapshot
from inventui.engine.packs.layers import KeptPack, kept_pack, packs_of, put_in_force
from inventui.engine.packs.models import PackDetail, PackLayer, PacksChanged
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.text import as_typed, listed, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from inventui.content.faults import Fault
    from inventui.db.statements import Connection
    from inventui.engine.core.context import Context


class Packs:
    """The packs of one world."""

    def __init__(self, world: Context, give_defaults: Callable[[], None]) -> None:
        """Those of a world, and what gives its players the defaults that a pack brings."""
        self._world = world
        self._give_defaults = give_defaults

    @cached_property
    def base_id(self) -> str:
        """The id of the base pack."""
        from inventui.content.layers import layer_at
        from inventui.content.loader import head_of

        return head_of(layer_at(base_pack())).id

    def list(self) -> tuple[PackLayer, ...]:
        """Those in force, in their order."""
        return self._layers(self._in_force())

    def show(self, pack: str) -> PackDetail | Refusal:
        """One of them."""
        from inventui.content.loader import counts_of, head_of

        packs = self._in_force()
        for layer, kept in zip(self._layers(packs), packs, strict=True):
            if layer.id != pack:
                continue
            files = {name: len(text.encode()) for name, text in kept.files}
            if not files:
                return PackDetail(layer, "", "", "", {}, {})
            head, counts = head_of(kept.layer()), counts_of(kept.layer())
            return PackDetail(layer, head.name, head.author, head.description, files, counts)
        return self._unknown(pack)

    def diff(self, path: Path | None = None) -> PacksChanged | Refusal:
        """What adding a pack, or taking it as another version, would change.

        Args:
            path: the pack; by default the base pack of this program.
        """
        if path is None:
            return self.update(self.base_id, dry_run=True)
        read = self._read(path)
        if isinstance(read, Refusal):
            return read
        if any(kept.pack == read.pack for kept in self._in_force()):
            return self.update(read.pack, path, dry_run=True)
        return self.add(path, dry_run=True)

    def add(self, path: Path, *, dry_run: bool = False) -> PacksChanged | Refusal:
        """Put a pack upon those in force."""
        packs = self._in_force()
        added = self._read(path)
        if isinstance(added, Refusal):
            return added
        if any(pack.pack == added.pack for pack in packs):
            return Refusal(
                Reason.PACK_EXISTS,
                f"The world has a pack {added.pack} already. To take another version of it: "
                f"inventui packs update {added.pack} {path}",
                {"pack": added.pack},
            )
        return self._put(packs, (*packs, added), dry_run)

    def update(
        self, pack: str, path: Path | None = None, *, dry_run: bool = False
    ) -> PacksChanged | Refusal:
        """Take another version of a pack in force.

        Args:
            pack: its id.
            path: where that lies; by default the base pack of this program.
            dry_run: only say what would change.
        """
        packs = self._in_force()
        if all(kept.pack != pack for kept in packs):
            return self._unknown(pack)
        newer = self._read(path or base_pack())
        if isinstance(newer, Refusal):
            return newer
        if newer.pack != pack:
            says = "This program brings" if path is None else f"{path} is"
            return Refusal(
                Reason.INVALID_FILE,
                f"{says} the pack {newer.pack}, not {printable(pack)}. Name the folder of the "
                f"other version: inventui packs update {printable(pack)} PATH",
                {"pack": newer.pack},
            )
        put = tuple(
            replace(newer, plain=kept.plain) if kept.pack == pack else kept for kept in packs
        )
        return self._put(packs, put, dry_run)

    def remove(self, pack: str, *, dry_run: bool = False) -> PacksChanged | Refusal:
        """Take a pack out of force; what players own of it they keep."""
        packs = self._in_force()
        left = tuple(kept for kept in packs if kept.pack != pack)
        if len(left) == len(packs):
            return self._unknown(pack)
        if not left:
            return Refusal(
                Reason.LAST_PACK,
                f"{pack} is the only pack of this world, and without one there is nothing to play.",
                {"pack": pack},
            )
        return self._put(packs, left, dry_run)

    def _layers(self, packs: Sequence[KeptPack]) -> tuple[PackLayer, ...]:
        ours = pack_digest(base_pack())
        return tuple(
            PackLayer(
                id=kept.pack,
                version=kept.version,
                digest=kept.digest,
                layer=number,
                plain=kept.plain,
                newer=kept.digest != ours and kept.pack == self.base_id,
            )
            for number, kept in enumerate(packs, 1)
        )

    def _in_force(self) -> tuple[KeptPack, ...]:
        with self._world.store.read() as connection:
            return _active(connection)

    def _unknown(self, pack: str) -> Refusal:
        known = [kept.pack for kept in self._in_force()]
        return Refusal(
            Reason.UNKNOWN_PACK,
            f"This world has no pack {as_typed(pack)}.{listed(known)}",
            {"pack": pack, "known": known},
        )

    def _read(self, path: Path) -> KeptPack | Refusal:
        """A pack from a folder, to stand beside those that the world has."""
        from inventui.content.layers import layer_at
        from inventui.content.loader import PackError

        try:
            found = kept_pack(layer_at(path, plain=False))
        except PackError as error:
            return faulty(str(path), error.faults)
        with self._world.store.read() as connection:
            had = next((kept for kept in packs_of(connection) if kept.pack == found.pack), None)
        return found if had is None else replace(found, plain=had.plain)

    def _put(
        self, before: Sequence[KeptPack], after: Sequence[KeptPack], dry_run: bool
    ) -> PacksChanged | Refusal:
        """Put packs in force in place of others, if those are so still."""
        from inventui.content.loader import PackError, load_layers

        lost = next((pack.pack for pack in after if not pack.files), None)
        if lost is not None:
            return Refusal(
                Reason.INVALID_PACK,
                f"A version of inventui that did not keep the files of packs made this world. Take "
                f"those of its pack {lost} first: inventui packs update {lost}",
                {"pack": lost},
            )
        try:
            content = load_layers([pack.layer() for pack in after])
        except PackError as error:
            return faulty(" + ".join(pack.pack for pack in after), error.faults)
        with self._world.store.write() as connection:
            if _active(connection) != tuple(before):
                connection.rollback()
                return Refusal(
                    Reason.ODDS_CHANGED,
                    "Another program changed the packs of this world meanwhile. Look again: "
                    "inventui packs list",
                )
            was = snapshot(connection)
            if list(after) != list(before):
                put_in_force(connection, after, content)
            changes = differences(was, snapshot(connection))
            if dry_run:
                connection.rollback()
        self._world.read_constants()
        if not dry_run:
            self._world.catalogue.read_anew()
            self._give_defaults()
        return PacksChanged(self._layers(after), changes, dry_run)


def _active(connection: Connection) -> tuple[KeptPack, ...]:
    """The packs in force; the base pack of a world of before with this program's files, if so."""
    active = [pack for pack in packs_of(connection) if pack.active]
    if all(pack.files for pack in active):
        return tuple(active)
    from inventui.content.layers import layer_at

    ours = layer_at(base_pack())
    return tuple(
        kept_pack(ours) if not pack.files and pack.digest == ours.digest else pack
        for pack in active
    )


def faulty(what: str, faults: Sequence[Fault]) -> Refusal:
    """The refusal of packs with faults, with all of them."""
    first, more = faults[0], len(faults) - 1
    rest = f", and has {more:,} more faults" if more > 1 else ", and has another fault" * more
    return Refusal(
        Reason.INVALID_PACK,
        f"The pack {printable(what)} can't be loaded: {first}{rest}. Nothing was changed.",
        {"faults": [fault.as_json() for fault in faults]},
    )
