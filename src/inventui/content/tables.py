"""The tables of a pack's files, each read on its own: what is wrong in one hides no other."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from inventui.content.faults import Faults, label
from inventui.content.fields import NamedTable, Table
from inventui.content.gear import MODEL_BY_WORD
from inventui.content.models import (
    AchievementModel,
    CaseModel,
    ItemModel,
    NeighbourModel,
    PackModel,
)
from inventui.content.source import PackFile
from inventui.content.sprites import SpriteBook

T = TypeVar("T", bound=Table)
N = TypeVar("N", bound=NamedTable)

TABLES = ("pack", "palette", "sprites", "items", "cases", "achievements", "neighbours")
"""What may stand at the top of a file."""


@dataclass(frozen=True, slots=True)
class Written(Generic[T]):
    """A table as it was written, with the place it stands in."""

    file: str
    table: str
    model: T


def parse(file: PackFile, faults: Faults) -> Mapping[str, Any] | None:
    """The tables of one file; None with a fault noted if it is no TOML."""
    if file.fault is not None:
        faults.add(file.name, "", "", file.fault)
        return None
    try:
        # Decimals, so that a percentage stays what was written.
        return tomllib.loads(file.data.decode(), parse_float=Decimal)
    except UnicodeDecodeError as error:
        faults.add(file.name, "", "", f"it is no UTF-8: byte {error.start + 1:,} can't be read")
    except RecursionError:
        faults.add(file.name, "", "", "its tables are nested too deeply")
    except (ValueError, ArithmeticError) as error:
        faults.add(file.name, "", "", f"it is no TOML: {error}")
    return None


class Tables:
    """Everything that a pack's files say.

    Attributes:
        head: the `[pack]` table, once it was read without a fault.
        broken_items: ids of items that were written, but wrongly: to refer to one of
            them is no second fault.
    """

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._head_file: str | None = None
        self.sprites = SpriteBook(faults)
        self.head: PackModel | None = None
        self.items: list[Written[ItemModel]] = []
        self.cases: list[Written[CaseModel]] = []
        self.achievements: list[Written[AchievementModel]] = []
        self.neighbours: list[Written[NeighbourModel]] = []
        self.broken_items: set[str] = set()

    def take(self, file: str, raw: Mapping[str, Any]) -> None:
        """Read one file's tables."""
        for name in raw:
            if name not in TABLES:
                known = ", ".join(TABLES)
                self._faults.add(file, name, "", f"there is no such table; a pack has {known}")
        if "pack" in raw:
            self._take_head(file, raw["pack"])
        if "palette" in raw:
            self.sprites.add_palette(file, raw["palette"])
        if "sprites" in raw:
            self.sprites.add_sprites(file, raw["sprites"])
        self._take_items(file, raw)
        self.cases += self._models(file, raw, "cases", CaseModel)
        self.achievements += self._models(file, raw, "achievements", AchievementModel)
        self.neighbours += self._models(file, raw, "neighbours", NeighbourModel)

    def close(self, pack_name: str) -> None:
        """Note what can be told only when all files are read."""
        if self._head_file is None:
            message = "the pack has no [pack] table with its id, name and version"
            self._faults.add(pack_name, "pack", "", message)
        self.sprites.check()

    def _take_head(self, file: str, raw: object) -> None:
        if self._head_file is not None:
            self._faults.add(file, "pack", "", f"it is in {self._head_file} already")
            return
        self._head_file = file
        if not isinstance(raw, Mapping):
            self._faults.add(file, "pack", "", "it must be a table")
            return
        self.head = self._model(file, "pack", raw, PackModel)

    def _take_items(self, file: str, raw: Mapping[str, Any]) -> None:
        for table, row in self._rows(file, raw, "items"):
            category = row.get("category")
            model = MODEL_BY_WORD.get(category) if isinstance(category, str) else None
            if model is None:
                # Whatever kind it is, the fields that all kinds have can be checked.
                common = {k: v for k, v in row.items() if k in ItemModel.model_fields}
                self._model(file, table, common, ItemModel)
            item = None if model is None else self._model(file, table, row, model)
            if item is not None:
                self.items.append(Written(file, table, item))
            elif isinstance(row.get("id"), str):
                self.broken_items.add(row["id"])

    def _models(
        self, file: str, raw: Mapping[str, Any], name: str, model: type[T]
    ) -> Iterator[Written[T]]:
        for table, row in self._rows(file, raw, name):
            read = self._model(file, table, row, model)
            if read is not None:
                yield Written(file, table, read)

    def _rows(
        self, file: str, raw: Mapping[str, Any], name: str
    ) -> Iterator[tuple[str, Mapping[str, Any]]]:
        rows = raw.get(name, [])
        if not isinstance(rows, list):
            self._faults.add(file, name, "", f"it must be a list: write [[{name}]]")
            return
        for number, row in enumerate(rows, 1):
            if isinstance(row, Mapping):
                yield f"{name}.{label(row, number)}", row
            else:
                self._faults.add(file, f"{name}.#{number}", "", "it must be a table")

    def _model(self, file: str, table: str, raw: Mapping[str, Any], model: type[T]) -> T | None:
        try:
            return model.model_validate(raw)
        except ValidationError as error:
            self._faults.add_validation(file, table, raw, error)
            return None
