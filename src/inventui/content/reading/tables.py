"""Tables of a pack's files, each read by itself so that a fault in one hides none in another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from inventui.content.faults import Faults, label
from inventui.content.layers import Names
from inventui.content.models.cases import CaseModel, TableModel
from inventui.content.models.fields import NamedTable, Table
from inventui.content.models.gear import MODEL_BY_WORD
from inventui.content.models.items import BundleModel, CosmeticModel, ItemModel, WornModel
from inventui.content.models.pack import AchievementModel, NeighbourModel, PackModel, QuestModel
from inventui.content.reading.recovery import UNKNOWN, read_on
from inventui.content.reading.toml_files import MOST_TABLES, TOO_MANY
from inventui.content.sprites import SpriteBook
from inventui.rules.numbers import fault_of_number, flat

T = TypeVar("T", bound=Table)


N = TypeVar("N", bound=NamedTable)


TABLES = (
    "pack",
    "numbers",
    "palette",
    "sprites",
    "items",
    "cases",
    "tables",
    "achievements",
    "quests",
    "neighbours",
)
"""Names that may stand at the top level of a file."""


_LOOSE: Mapping[type[ItemModel] | None, type[ItemModel]] = {
    BundleModel: BundleModel,
    CosmeticModel: WornModel,
}
"""The model by which an item with faults is read on, where other tables depend on its kind."""


@dataclass(frozen=True, slots=True)
class Written(Generic[T]):
    """A table as it was written, with the place it stands in.

    Attributes:
        stand_ins: fields that were wrong, and hold something else instead.
    """

    file: str
    table: str
    model: T
    stand_ins: frozenset[str] = frozenset()

    @property
    def sound(self) -> bool:
        """Whether no field is a stand-in."""
        return not self.stand_ins


_ALTERNATIVES = {"entries": "pools", "pools": "entries"}
"""Fields of which a change brings one in the other's place."""


class Tables:
    """Everything that the files of one pack, or of several in their order, say.

    Attributes:
        names: what the ids of the pack that is being read are called.
        head: the `[pack]` table of the pack that was read last.
        numbers: numbers of the economy that are changed, the last of them in `numbers_file`.
        ids: for each list of tables, the ids as they were written and where.
        broken_items: ids of items that were written, but wrongly: to refer to one of
            them is no second fault.
    """

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._head_file: str | None = None
        self._rows_seen = 0
        self._rows_by_slug: dict[tuple[str, str], Mapping[str, Any]] = {}
        self._earlier: frozenset[tuple[str, str]] = frozenset()
        self._places: dict[tuple[str, str], int] = {}
        self.names = Names()
        self.sprites = SpriteBook(faults)
        self.head: PackModel | None = None
        self.items: list[Written[ItemModel]] = []
        self.cases: list[Written[CaseModel]] = []
        self.nested: list[Written[TableModel]] = []
        self.achievements: list[Written[AchievementModel]] = []
        self.quests: list[Written[AchievementModel]] = []
        self.neighbours: list[Written[NeighbourModel]] = []
        self.numbers: dict[str, int] = {}
        self.numbers_file = ""
        self.ids: dict[str, list[tuple[str, str, str]]] = {}
        self.broken_items = {UNKNOWN, f"{UNKNOWN}-2"}

    def begin(self, names: Names) -> None:
        """Go on with the next pack, which may change what those before it brought."""
        self.names = names
        self.head, self._head_file, self._rows_seen = None, None, 0
        self._earlier = frozenset(self._rows_by_slug)

    def take(self, file: str, raw: Mapping[str, Any]) -> None:
        """Read one file's tables."""
        for name in raw:
            if name not in TABLES:
                known = ", ".join(TABLES)
                self._faults.add(file, name, "", f"there is no such table; a pack has {known}")
        if "pack" in raw:
            self._take_head(file, raw["pack"])
        if "numbers" in raw:
            self._take_numbers(file, raw["numbers"])
        if "palette" in raw:
            self.sprites.add_palette(file, raw["palette"], self.names.prefix)
        if "sprites" in raw:
            self.sprites.add_sprites(file, raw["sprites"], self.names.prefix)
        self._take_items(file, raw)
        self._take(self.cases, file, raw, "cases", CaseModel)
        self._take(self.nested, file, raw, "tables", TableModel)
        self._take(self.achievements, file, raw, "achievements", AchievementModel)
        self._take(self.quests, file, raw, "quests", QuestModel)
        self._take(self.neighbours, file, raw, "neighbours", NeighbourModel)

    def close(self, pack_name: str) -> None:
        """Add the fault that shows only when all files of a pack are read."""
        if self._head_file is None:
            message = "the pack has no [pack] table with its id, name and version"
            self._faults.add(pack_name, "pack", "", message)

    def _take_head(self, file: str, raw: object) -> None:
        if self._head_file is not None:
            self._faults.add(file, "pack", "", f"it is in {self._head_file} already")
            return
        self._head_file = file
        if not isinstance(raw, Mapping):
            self._faults.add(file, "pack", "", "it must be a table")
            return
        head = self._written(file, "pack", raw, PackModel, PackModel)
        self.head = None if head is None else head.model

    def _take_numbers(self, file: str, raw: object) -> None:
        if not isinstance(raw, Mapping):
            self._faults.add(file, "numbers", "", "it must be a table")
            return
        self.numbers_file = file
        for name, value in flat(raw):
            fault = fault_of_number(name, value)
            if fault is None:
                self.numbers[name] = int(value)
            else:
                self._faults.add(file, "numbers", name, fault)

    def _take_items(self, file: str, raw: Mapping[str, Any]) -> None:
        for table, row in self._rows(file, raw, "items"):
            category = row.get("category")
            model = MODEL_BY_WORD.get(category) if isinstance(category, str) else None
            # Whatever kind it is, the fields that all kinds have can be checked.
            common = {k: v for k, v in row.items() if k in ItemModel.model_fields}
            # Of a wrong piece of gear, what all items have is read on.
            loose = _LOOSE.get(model, ItemModel)
            item = self._written(file, table, row if model else common, model or ItemModel, loose)
            if item is not None:
                self._put(self.items, "items", item)
                self.broken_items.update(() if item.sound else (item.model.id,))
            elif isinstance(row.get("id"), str):
                self.broken_items.add(row["id"])

    def _take(
        self, into: list[Written[N]], file: str, raw: Mapping[str, Any], name: str, model: type[N]
    ) -> None:
        for table, row in self._rows(file, raw, name):
            written = self._written(file, table, row, model, model)
            if written is not None:
                self._put(into, name, written)

    def _put(self, into: list[Written[N]], name: str, written: Written[N]) -> None:
        """Add a table, or put it in the place of the one of an earlier pack that it changes."""
        known = name, written.model.id
        if known in self._earlier and known in self._places:
            into[self._places[known]] = written
        else:
            self._places[known] = len(into)
            into.append(written)

    def _written(
        self, file: str, table: str, row: Mapping[str, Any], model: type[T], loose: type[T]
    ) -> Written[T] | None:
        try:
            return Written(file, table, model.model_validate(row))
        except ValidationError as error:
            self._faults.add_validation(file, table, row, error)
            read = read_on(loose, row, error)
        return None if read is None else Written(file, table, *read)

    def _rows(
        self, file: str, raw: Mapping[str, Any], name: str
    ) -> Iterator[tuple[str, Mapping[str, Any]]]:
        rows = raw.get(name, [])
        self._rows_seen += len(rows) if isinstance(rows, list) else 0
        if self._rows_seen > MOST_TABLES:
            if rows:
                self._faults.add(file, name, "", TOO_MANY)
            return
        if not isinstance(rows, list):
            self._faults.add(file, name, "", f"it must be a list: write [[{name}]]")
            return
        for number, row in enumerate(rows, 1):
            if not isinstance(row, Mapping):
                self._faults.add(file, f"{name}.#{number}", "", "it must be a table")
                continue
            table = f"{name}.{label(row, number)}"
            whole = self._whole(file, table, name, row)
            if whole is None:
                continue
            if isinstance(whole.get("id"), str):
                self._rows_by_slug[name, whole["id"]] = whole
                if "extends" not in row:
                    self.ids.setdefault(name, []).append((file, table, whole["id"]))
            yield table, whole

    def _whole(
        self, file: str, table: str, name: str, row: Mapping[str, Any]
    ) -> Mapping[str, Any] | None:
        """A table under its full ids, and with what it extends; None with a fault added."""
        written, changed = row.get("id"), row.get("extends")
        full = self.names.within(row)
        if changed is None:
            if isinstance(written, str) and ":" in written:
                self._faults.add(file, table, "id", "it is an id of this pack: leave out the pack")
                return None
            return full
        if written is not None:
            message = "it stands beside extends, which says already what is changed"
            self._faults.add(file, table, "id", message)
            return None
        slug = full.pop("extends")
        earlier = (name, slug) if isinstance(slug, str) else None
        if earlier not in self._earlier:
            message = f"there is no {name.removesuffix('s')} {changed!r} in an earlier pack"
            self._faults.add(file, table, "extends", message)
            return None
        assert earlier is not None
        kept = dict(self._rows_by_slug[earlier])
        for field in full:
            kept.pop(_ALTERNATIVES.get(field, ""), None)
        return {**kept, **full}
