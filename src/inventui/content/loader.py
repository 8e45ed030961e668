"""The loader: reads a pack's files into a `Pack`, or finds all of their faults."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from inventui.content.building.builder import Builder
from inventui.content.faults import Fault, Faults, PackError
from inventui.content.layers import Layer, Names, digest_of_layers, layer_at
from inventui.content.models.fields import is_slug
from inventui.content.models.pack import PackModel
from inventui.content.pack import Pack
from inventui.content.reading.fault_lines import FaultLines
from inventui.content.reading.tables import Tables
from inventui.content.reading.toml_files import parse, readable
from inventui.content.source import PackFile, base_pack
from inventui.rules.numbers import flat

__all__ = [
    "Fault",
    "Pack",
    "PackError",
    "counts_of",
    "head_of",
    "layer_faults",
    "load_layers",
    "load_pack",
    "load_packs",
    "pack_faults",
]


def load_pack(path: Path) -> Pack:
    """The pack at `path`: a folder of `*.toml`, or one such file.

    Raises:
        PackError: the pack has faults; it names all of them.
    """
    return load_layers([layer_at(path)])


def load_packs(paths: Sequence[Path]) -> Pack:
    """The packs at some paths, each upon those before it, with short ids in the first.

    What names something of the base pack, and has not its id, lies upon that.

    Raises:
        PackError: they have faults; it names all of them.
    """
    layers = [layer_at(path) for path in paths]
    if any(_names_base(file) for layer in layers for file in layer.files):
        base = layer_at(base_pack())
        if head_of(base).id not in [head_of(layer).id for layer in layers]:
            layers.insert(0, base)
    return load_layers([replace(layer, plain=not at) for at, layer in enumerate(layers)])


_OF_BASE = "base:"
"""How another pack writes an id of the base pack."""


def _names_base(file: PackFile) -> bool:
    """Whether a file names something of the base pack; a comment does not."""
    left: list[object] = []
    if _OF_BASE.encode() in file.data:
        left.append(parse(file, Faults()))
    while left:
        match left.pop():
            case str(text) if text.startswith(_OF_BASE):
                return True
            case Mapping() as table:
                left += table.values()
            case list(values):
                left += values
    return False


def load_layers(layers: Sequence[Layer]) -> Pack:
    """What packs are together, each upon those before it; the head is the last one's.

    Raises:
        PackError: they have faults; it names all of them.
    """
    pack, faults = _load(layers)
    if pack is None:
        raise PackError(faults)
    return pack


def pack_faults(path: Path) -> tuple[Fault, ...]:
    """All that is wrong with the pack at `path`; empty if nothing is."""
    return layer_faults([layer_at(path)])


def layer_faults(layers: Sequence[Layer]) -> tuple[Fault, ...]:
    """All that is wrong with packs upon each other; empty if nothing is."""
    return _load(layers)[1]


def head_of(layer: Layer) -> PackModel:
    """The `[pack]` table of one pack.

    Raises:
        PackError: it has none, or any of its files can't be read; the faults say why.
    """
    faults, text = Faults(), _texts(layer, "")
    tables = Tables(faults)
    read = [(file.name, parse(file, faults)) for file in readable(layer.files)]
    for name, raw in read:
        if raw is not None and "pack" in raw:
            tables.take(name, {"pack": raw["pack"]})
    if tables.head is None and len(faults) == 0:
        tables.close(layer.title)
    if tables.head is None or any(raw is None for _, raw in read):
        raise PackError(_placed(faults, text))
    return tables.head


def counts_of(layer: Layer) -> dict[str, int]:
    """How many rows each list of tables of one pack has, and how many numbers it changes."""
    found: Counter[str] = Counter()
    for file in layer.files:
        for name, rows in (parse(file, Faults()) or {}).items():
            if isinstance(rows, list):
                found[name] += len(rows)
            elif name == "numbers" and isinstance(rows, Mapping):
                found[name] += len(tuple(flat(rows)))
    return dict(found)


def _load(layers: Sequence[Layer]) -> tuple[Pack | None, tuple[Fault, ...]]:
    faults = Faults()
    tables = Tables(faults)
    texts: dict[str, str] = {}
    prefixes: dict[str, str] = {}
    for layer in layers:
        alone = layer is layers[0] or [file.name for file in layer.files] == [layer.title]
        within = "" if alone else f"{layer.title}/"
        texts |= _texts(layer, within)
        files = readable(layer.files)
        read = [(f"{within}{file.name}", parse(file, faults, within)) for file in files]
        pack_id = _id_of([raw for _, raw in read if raw is not None])
        if pack_id in prefixes:
            faults.add(layer.title, "pack", "id", f"there is a pack {pack_id!r} already")
        prefix = "" if layer.plain else f"{pack_id}:"
        prefixes.setdefault(pack_id, prefix)
        tables.begin(Names(prefix, prefixes))
        for name, raw in read:
            if raw is not None:
                tables.take(name, raw)
        if not layer.files:
            faults.add(layer.title, "", "", "the folder has no .toml file")
        elif all(raw is not None for _, raw in read):
            # What can't be read may be the file with the head.
            tables.close(layer.title)
    tables.sprites.check()
    pack = Builder(tables, faults).build(digest_of_layers(layers))
    found = _placed(faults, texts)
    return (None if found else pack), found


def _id_of(files: Iterable[Mapping[str, object]]) -> str:
    """The id that a pack's files give it, or something that no pack is called."""
    heads = [raw["pack"] for raw in files if isinstance(raw.get("pack"), Mapping)]
    written = heads[0].get("id") if heads and isinstance(heads[0], Mapping) else None
    return written if isinstance(written, str) and is_slug(written) else "#"


def _texts(layer: Layer, within: str) -> dict[str, str]:
    return {f"{within}{file.name}": file.data.decode(errors="replace") for file in layer.files}


def _placed(faults: Faults, texts: Mapping[str, str]) -> tuple[Fault, ...]:
    """Faults with the lines in which they stand."""
    found = faults.sorted()
    lines = {file: FaultLines(texts.get(file, "")) for file in {fault.file for fault in found}}
    return tuple(
        replace(fault, line=fault.line or lines[fault.file].line_of(fault)) for fault in found
    )
