"""Read models of packs: the layers of a world, and what a change of them changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PackLayer:
    """A pack in force.

    Attributes:
        id: its id.
        version: as it says; empty where a world of before did not keep its files.
        digest: SHA-256 over its files.
        layer: its place in the order, from 1.
        plain: its ids stand in the catalogue as they are, not after its own id and a colon.
        newer: it is the base pack, and this program brings another version of that.
    """

    id: str
    version: str
    digest: str
    layer: int
    plain: bool
    newer: bool = False


@dataclass(frozen=True, slots=True)
class PackDetail:
    """A pack in force, with what it says of itself.

    Attributes:
        layer: which it is.
        name: as players call it; empty with author and description where its files were not kept.
        author: who made it.
        description: what it is.
        files: bytes by name.
        tables: how many items, cases and so on its files hold.
    """

    layer: PackLayer
    name: str
    author: str
    description: str
    files: Mapping[str, int]
    tables: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CatalogueChange:
    """What becomes different about one item, case, achievement or neighbour.

    Attributes:
        kind: which of these.
        id: its id in the catalogue.
        name: what players call it.
        change: `added`, `changed` or `gone`; what is gone stays with those who own it.
        fields: of what is changed: what each field was and becomes.
    """

    kind: str
    id: str
    name: str
    change: str
    fields: Mapping[str, tuple[object, object]]


@dataclass(frozen=True, slots=True)
class PacksChanged:
    """What was done to a world's packs, or would be.

    Attributes:
        packs: the layers afterwards.
        changes: what becomes different in the catalogue.
        dry_run: nothing was written.
    """

    packs: tuple[PackLayer, ...]
    changes: tuple[CatalogueChange, ...]
    dry_run: bool
