"""Layers: packs in their order, each with what its ids are called where it is not alone."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from inventui.content.source import PackFile, digest_of, read_pack

_ONE = frozenset({"id", "item", "table", "sprite", "extends"})
_SEVERAL = frozenset({"items", "wardrobe", "gear"})
_INSIDE = frozenset({"entries", "pools"})


@dataclass(frozen=True, slots=True)
class Layer:
    """One pack among others.

    Attributes:
        title: how its folder or file is called.
        files: what it holds.
        plain: its ids stand in the catalogue as they are, not after its own id and a colon.
    """

    title: str
    files: tuple[PackFile, ...]
    plain: bool = True

    @property
    def digest(self) -> str:
        """What tells its content from another."""
        return digest_of(self.files)


def digest_of_all(digests: Sequence[str]) -> str:
    """What tells packs in their order from others; of one pack alone it is that one's digest."""
    return digests[0] if len(digests) == 1 else sha256("\n".join(digests).encode()).hexdigest()


def digest_of_layers(layers: Sequence[Layer]) -> str:
    """The same of layers."""
    return digest_of_all([layer.digest for layer in layers])


def layer_at(path: Path, *, plain: bool = True) -> Layer:
    """The pack at a path; what can't be read is a fault of its files."""
    return Layer(path.name, read_pack(path), plain)


@dataclass(frozen=True, slots=True)
class Names:
    """What the ids that one layer writes are called in the catalogue.

    Attributes:
        prefix: what stands before its own.
        prefixes: the same of each pack that it may refer to, by its id.
    """

    prefix: str = ""
    prefixes: Mapping[str, str] = field(default_factory=dict)

    def full(self, written: str) -> str:
        """An id as the catalogue has it; one of a pack that there is not stays as it is."""
        pack, colon, short = written.rpartition(":")
        prefix = self.prefixes.get(pack) if colon else self.prefix
        return written if prefix is None else f"{prefix}{short}"

    def elsewhere(self, full: str, known: Container[str]) -> str:
        """How to write an id that there is not, where another pack has what it is short for."""
        short = full.rpartition(":")[2]
        packs = (pack for pack, prefix in self.prefixes.items() if f"{prefix}{short}" in known)
        return next((f"; another pack has it: {f'{pack}:{short}'!r}" for pack in packs), "")

    def within(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A table with all that it refers to called as in the catalogue."""
        return {name: self._value(name, value) for name, value in row.items()}

    def _value(self, name: str, value: object) -> object:
        if isinstance(value, str) and name in _ONE:
            return self.full(value) if value else value
        if isinstance(value, list) and name in _SEVERAL:
            return [self.full(one) if isinstance(one, str) and one else one for one in value]
        if isinstance(value, list) and name in _INSIDE:
            return [self.within(one) if isinstance(one, Mapping) else one for one in value]
        return value
