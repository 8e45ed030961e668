"""Runs an importer: reads a file or folder of its format, and writes a pack's folder."""

import csv
import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from importlib import import_module
from io import StringIO
from math import ceil
from pathlib import Path
from typing import Any

import tomli_w

from inventui.content.importers.draft import RETURN, PackDraft, PackImportError, name_key
from inventui.content.importers.table import delimiter_of
from inventui.content.loader import load_pack
from inventui.content.models.fields import MOST_MONEY, NAME, is_slug
from inventui.content.pack import Pack
from inventui.content.reading.toml_files import exact_number
from inventui.rules.core.enums import Rarity
from inventui.rules.core.text import clean

LARGEST = 64 * 1024 * 1024
"""Most bytes of a source, or of all files of a folder."""

MOST_FILES = 5_000

MOST_DIGITS = 40
"""Longest whole number that is read as one: of a longer one Python may refuse to make it."""


class Format(StrEnum):
    """What can be imported."""

    CSGO = "csgo"
    WARFRAME = "warframe"
    MINECRAFT = "minecraft"
    PLAYFAB = "playfab"
    HIRO = "hiro"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Imported:
    """A pack that was written.

    Attributes:
        pack: its id.
        folder: where it lies.
        cases: how many it has.
        items: how many it has.
        lost: each kind of what could not be held, with how often.
    """

    pack: str
    folder: str
    cases: int
    items: int
    lost: Mapping[str, int]


def import_pack(
    form: Format,
    source: Path,
    folder: Path,
    *,
    pack: str,
    prices: Path | None = None,
    rarities: Path | None = None,
) -> Imported:
    """Read a source and write it as a pack.

    Args:
        form: the source's format.
        source: a file; a folder of files for `minecraft`.
        folder: where the pack is written; it must not be there yet.
        pack: the pack's id.
        prices: CSV or TOML with oranges by a name of an item or a case.
        rarities: the same with rarities by a name of an item.

    Raises:
        PackImportError: something can't be read or written; nothing was written.
        PackError: what was read makes no pack; nothing is left.
    """
    if not is_slug(pack):
        raise PackImportError(
            f"“{pack}” can't be a pack's id: small letters, digits and single hyphens."
        )
    if folder.exists():
        raise PackImportError(f"{folder} is there already. Name a folder that is not.")
    draft = PackDraft(_numbers(prices), _rarities(rarities))
    module = "table" if form is Format.CSV else str(form)
    read: Callable[[Any, PackDraft], None] = import_module(
        f"inventui.content.importers.{module}"
    ).read
    raw = _raw(form, source)
    try:
        read(raw, draft)
    except PackImportError as error:
        raise PackImportError(_placed(source, draft, str(error))) from error
    except (AttributeError, LookupError, TypeError, ValueError, ArithmeticError) as error:
        # Whatever stands where a format has something else.
        sentence = "It is not of this format: something in it is of another kind."
        raise PackImportError(_placed(source, draft, sentence)) from error
    if not draft.cases:
        kinds = "; ".join(f"{count:,} × {kind}" for kind, count in draft.lost.items())
        more = f" of those that a pack can hold: {kinds}" if kinds else ""
        raise PackImportError(f"There is no case in {source}{more}.")
    made = _write(draft, folder, pack, source.stem)
    return Imported(pack, str(folder), len(made.cases), len(made.items), dict(draft.lost))


def _write(draft: PackDraft, folder: Path, pack: str, title: str) -> Pack:
    """Write the pack; cases without a price get the one that brings `RETURN` of it."""
    head = {"id": pack, "name": clean(title, NAME) or pack, "version": "1"}
    unpriced = {case["id"] for case in draft.cases if case["price"] is None}
    if unpriced:
        draft.lost["prices that the format has not (for a return of 90 %)"] += len(unpriced)
    for case in draft.cases:
        if case["price"] == 0:
            draft.lost["cases for nothing (they cost 1)"] += 1
        case["price"] = case["price"] or 1
    files: dict[str, dict[str, Any]] = {
        "pack": {"pack": head},
        "items": {"items": draft.items()},
        "cases": {"cases": draft.cases},
        **({"tables": {"tables": draft.tables}} if draft.tables else {}),
    }
    draft.note_unused()
    try:
        folder.mkdir(parents=True)
        try:
            _save(folder, files)
            means = {case.id: case.odds_table().expected_value for case in load_pack(folder).cases}
            for case in draft.cases:
                if case["id"] in unpriced:
                    case["price"] = max(1, ceil(means[case["id"]] / RETURN))
            _save(folder, files)
            return load_pack(folder)
        except BaseException:
            for file in folder.glob("*.toml"):
                file.unlink()
            folder.rmdir()
            raise
    except OSError as error:
        raise PackImportError(f"{folder} can't be written: {error.strerror or error}.") from error


def _save(folder: Path, files: Mapping[str, Mapping[str, Any]]) -> None:
    for name, tables in files.items():
        (folder / f"{name}.toml").write_text(tomli_w.dumps(tables), encoding="utf-8")


def _placed(source: Path, draft: PackDraft, sentence: str) -> str:
    """What is wrong, after the place where it is."""
    return f"{', '.join([source.name, *draft.place])}: {sentence}"


def _raw(form: Format, source: Path) -> object:
    """What a source holds, as its importer takes it."""
    if form is Format.CSV:
        return _text(source)
    if form is not Format.MINECRAFT:
        return _json(source)
    if source.is_dir():
        files = sorted(source.rglob("*.json"))
        if len(files) > MOST_FILES:
            raise PackImportError(f"{source} has more than {MOST_FILES:,} files.")
        return {str(file.relative_to(source)): _json(file) for file in files}
    return {source.name: _json(source)}


def _text(file: Path) -> str:
    try:
        if not file.is_file():
            raise PackImportError(f"{file} is no file.")
        with file.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise PackImportError(f"{file} can't be read: {error.strerror or error}.") from error
    if len(data) > LARGEST:
        raise PackImportError(f"{file} is larger than {LARGEST:,} bytes.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PackImportError(
            f"{file} is no UTF-8: byte {error.start + 1:,}, in line {line:,}. Save it as UTF-8."
        ) from error


def _json(file: Path) -> object:
    text = _text(file)
    if not text.strip():
        raise PackImportError(f"{file} is empty.")
    try:
        return json.loads(text, parse_float=exact_number, parse_int=_whole)
    except RecursionError as error:
        raise PackImportError(f"{file} is nested too deeply.") from error
    except ValueError as error:
        raise PackImportError(f"{file} is no JSON: {error}.") from error


def _whole(text: str) -> int | Decimal:
    return int(text) if len(text) <= MOST_DIGITS else exact_number(text)


def _table(file: Path | None) -> dict[str, object]:
    """Values by name: a TOML table, or the first two columns of a CSV."""
    if file is None:
        return {}
    text = _text(file)
    if file.suffix == ".toml":
        try:
            return tomllib.loads(text)
        except (ValueError, RecursionError) as error:
            raise PackImportError(f"{file} is no TOML: {error}.") from error
    try:
        table = csv.reader(StringIO(text), delimiter=delimiter_of(text))
        return {row[0].strip(): row[1].strip() for row in table if len(row) > 1}
    except csv.Error as error:
        raise PackImportError(f"{file} is no CSV: {error}.") from error


def _numbers(file: Path | None) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, (name, value) in enumerate(_table(file).items()):
        try:
            price = int(str(value))
        except ValueError as error:
            if _names_columns(file, number):
                continue
            raise PackImportError(f"{file}: the price of {name} is no whole number.") from error
        if not 0 <= price <= MOST_MONEY:
            raise PackImportError(f"{file}: the price of {name} is not from 0 to {MOST_MONEY:,}.")
        found[name_key(name)] = price
    return found


def _rarities(file: Path | None) -> dict[str, Rarity]:
    found: dict[str, Rarity] = {}
    for number, (name, value) in enumerate(_table(file).items()):
        try:
            found[name_key(name)] = Rarity(str(value).lower())
        except ValueError as error:
            if _names_columns(file, number):
                continue
            known = ", ".join(Rarity)
            raise PackImportError(
                f"{file}: “{str(value)[:40]}” of {name} is no rarity; there are {known}."
            ) from error
    return found


def _names_columns(file: Path | None, number: int) -> bool:
    """Whether a row may be the one of a CSV that names its columns."""
    return number == 0 and file is not None and file.suffix != ".toml"
