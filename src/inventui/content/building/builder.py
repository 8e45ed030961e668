"""Building a pack of its tables: references between them are checked, chances made exact."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from inventui.content.building.bundles import check_bundles
from inventui.content.building.defaults import check_defaults
from inventui.content.building.entries import CHANCES, WHOLE, FlatEntry, Layout
from inventui.content.faults import AGAIN, Faults
from inventui.content.models.cases import CaseModel, GuaranteeModel, PoolModel
from inventui.content.models.items import (
    GIVEN_BY_CASES,
    CollectibleModel,
    ItemModel,
    PricedItemModel,
)
from inventui.content.models.pack import AchievementModel, NeighbourModel
from inventui.content.pack import Pack, PackCase, PackItem, PackNeighbour, pack_item
from inventui.content.reading.tables import T, Tables, Written
from inventui.rules.cases.chances import parts_from_percents
from inventui.rules.cases.fairness import TICKETS
from inventui.rules.cases.guarantee import Guarantee
from inventui.rules.cases.odds import OddsEntry
from inventui.rules.core.categories import COSMETICS, GEAR, Category
from inventui.rules.core.enums import Rarity
from inventui.rules.numbers import check_order

NOTHING = "Nothing"
"""What an entry that gives nothing is called."""


@dataclass(frozen=True, slots=True)
class _Win:
    """An entry of a case, completed with the fields of its item; no item: it gives nothing."""

    name: str
    value: int
    rarity: Rarity
    item: str
    sprite: str
    emoji: str


def _guarantee(model: GuaranteeModel) -> Guarantee:
    step = 0 if model.step is None else int(model.step * TICKETS / 100)
    return Guarantee(model.rarity, model.after, model.rises_from, step)


class Builder:
    """Checks references between tables, and makes a pack of them."""

    def __init__(self, tables: Tables, faults: Faults) -> None:
        self._tables = tables
        self._faults = faults
        self._items: dict[str, PackItem] = {}
        nested = {written.model.id: written for written in tables.nested}
        self._layout = Layout(nested, tables.names, faults.add)

    def build(self, digest: str) -> Pack | None:
        """The pack, or None without a `[pack]` table; faults are added on the way."""
        tables = self._tables
        self._check_unique()
        self._items = {written.model.id: self._item(written) for written in tables.items}
        check_defaults(tables.items, self._faults)
        check_bundles(tables.items, tables.broken_items, self._faults)
        cases = [self._case(written) for written in tables.cases if not self._layout.full]
        self._check_unused()
        for goal in (*tables.achievements, *tables.quests):
            self._check_reward(goal)
        neighbours = [self._neighbour(written) for written in tables.neighbours]
        disorder = check_order(tables.numbers)
        if disorder is not None:
            field = next(name for name in disorder.figures if name in tables.numbers)
            self._faults.add(tables.numbers_file, "numbers", field, disorder.message.rstrip("."))
        head = tables.head
        if head is None:
            return None
        return Pack(
            id=head.id,
            name=head.name,
            version=head.version,
            author=head.author,
            description=head.description,
            digest=digest,
            items=tuple(self._items.values()),
            cases=tuple(case for case in cases if case is not None),
            achievements=tuple(written.model for written in tables.achievements),
            neighbours=tuple(neighbours),
            quests=tuple(written.model for written in tables.quests),
            numbers=MappingProxyType(tables.numbers),
        )

    def _check_unique(self) -> None:
        for ids in self._tables.ids.values():
            first: dict[str, str] = {}
            for file, table, name in ids:
                if name in first:
                    message = f"there is a {name!r}{AGAIN}{first[name]}"
                    self._faults.add(file, table, "id", message)
                first.setdefault(name, file)

        goals = {goal.model.id: goal.file for goal in self._tables.achievements}
        for quest in self._tables.quests:
            if quest.model.id in goals:
                message = f"there is an achievement {quest.model.id!r}, in {goals[quest.model.id]}"
                self._faults.add(quest.file, quest.table, "id", message)

    def _item(self, written: Written[ItemModel]) -> PackItem:
        model = written.model
        price = model.sell_price if isinstance(model, CollectibleModel | PricedItemModel) else 0
        sprite = self._sprite(written, written.table, model.sprite, model.tint)
        return pack_item(model, price, sprite)

    def _case(self, written: Written[CaseModel]) -> PackCase | None:
        model, before = written.model, self._faults.told
        sprite = self._sprite(written, written.table, model.sprite, model.tint)
        entries: list[OddsEntry] = []
        wins: list[_Win] = []
        sizes: list[tuple[int, int]] = []
        exact: list[Fraction] = []
        pools = model.pools or (PoolModel(rolls=model.rolls, entries=model.entries),)
        for number, pool in enumerate(pools, 1):
            table = f"{written.table}.pools.#{number}" if model.pools else written.table
            place = Written(written.file, table, pool, written.stand_ins)
            found, chances, parts = self._pool(place)
            wins += found
            exact += chances
            sizes.append((pool.rolls, len(found)))
            entries += [
                OddsEntry(win.name, win.value, win.rarity, part, win.item, group)
                for part, (win, group) in zip(parts, found.items(), strict=True)
            ]
        if not written.stand_ins.isdisjoint(CHANCES) or self._faults.told > before:
            return None
        case = PackCase(
            id=model.id,
            name=model.name,
            description=model.description,
            price=model.price,
            sprite=sprite,
            entries=tuple(entries),
            sprites=tuple(win.sprite for win in wins),
            emoji=tuple(win.emoji for win in wins),
            exact=tuple(exact),
            pools=() if [rolls for rolls, _ in sizes] == [1] else tuple(sizes),
            guarantee=None if model.guarantee is None else _guarantee(model.guarantee),
        )
        for message in case.odds_table().faults():
            field = "guarantee" if model.guarantee else "pools"
            self._faults.add(written.file, written.table, field, message)
        return case

    def _pool(
        self, written: Written[PoolModel]
    ) -> tuple[dict[_Win, str], list[Fraction], list[int]]:
        """What a list of entries gives, each with its group; their exact chances, and parts."""
        before = self._faults.told
        # What several groups and tables give alike is one entry, with the sum of its chances.
        found: dict[_Win, str] = {}
        percents: dict[_Win, Fraction] = {}
        names = Counter[str]()
        sound = written.stand_ins.isdisjoint(CHANCES)
        for flat in self._layout.flatten(written):
            win = self._win(flat)
            sound = sound and win is not None
            if win is not None:
                names[win.name] += flat.direct or win not in found
                found.setdefault(win, flat.group)
                percents[win] = percents.get(win, Fraction(0)) + flat.percent
        for name, count in names.items():
            if count > 1:
                message = f"{count} entries have the name {name!r}: each needs one of its own"
                self._faults.add(written.file, written.table, "entries", message)
        if self._faults.told == before and sound:
            try:
                exact = [percent / WHOLE for percent in percents.values()]
                return found, exact, parts_from_percents(list(percents.values()))
            except ValueError as error:
                rarest = min(percents, key=lambda win: percents[win]).name
                message = f"{error}; {rarest!r} has the least"
                self._faults.add(written.file, written.table, "entries", message)
        return found, [], [0] * len(found)

    def _check_unused(self) -> None:
        """Add the faults of tables that no case leads to."""
        for written in self._tables.nested:
            if not self._layout.full and written.model.id not in self._layout.seen:
                for flat in self._layout.flatten(written):
                    self._win(flat)

    def _win(self, flat: FlatEntry) -> _Win | None:
        """What an entry gives, or None with a fault added."""
        written = flat.written
        entry = written.model
        if entry.item is None:
            return _Win(entry.name or NOTHING, 0, flat.rarity or Rarity.COMMON, "", "", "")
        item = self._known(written, "item", entry.item)
        own = self._sprite(written, written.table, entry.sprite, entry.tint)
        if item is None:
            return None
        if item.id not in self._tables.broken_items and item.category not in GIVEN_BY_CASES:
            message = f"a case gives collectibles or gear, and {entry.item!r} is a {item.category}"
            self._faults.add(written.file, written.table, "item", message)
        value = item.value if entry.value is None else entry.value
        name = entry.name or item.name
        if entry.count > 1:
            if item.category is not Category.COLLECTIBLE:
                message = f"only a collectible is won several at once, not a {item.category}"
                self._faults.add(written.file, written.table, "count", message)
            name, value = f"{name} ×{entry.count}", value * entry.count
        return _Win(
            name, value, flat.rarity or item.rarity, item.id, own or item.sprite, item.emoji
        )

    def _check_reward(self, written: Written[AchievementModel]) -> None:
        """Add a fault for a reward that not every player can be given."""
        slug = written.model.item
        item = None if slug is None else self._known(written, "item", slug)
        if item is None or item.id in self._tables.broken_items:
            return
        why = ""
        if item.category is Category.BUNDLE:
            why = "is a bundle, which is no thing of its own"
        elif item.details().get("default"):
            why = "is what everyone owns from the start"
        elif item.details().get("stock_limit") is not None:
            why = "is a limited edition, which only the shop counts"
        if why:
            self._faults.add(written.file, written.table, "item", f"{slug!r} {why}")

    def _neighbour(self, written: Written[NeighbourModel]) -> PackNeighbour:
        model = written.model
        worn: list[Category] = []
        for field, slugs, allowed in (
            ("wardrobe", model.wardrobe, COSMETICS),
            ("gear", model.gear, GEAR),
        ):
            for slug in slugs:
                item = self._known(written, field, slug)
                if item is None:
                    continue
                if item.category not in allowed:
                    message = f"{slug!r} is a {item.category}, which does not belong here"
                    self._faults.add(written.file, written.table, field, message)
                elif field == "wardrobe" and item.category in worn:
                    message = f"{slug!r} is a second {item.category}; one is worn at a time"
                    self._faults.add(written.file, written.table, field, message)
                worn.append(item.category)
        sprite = self._sprite(written, written.table, model.sprite, model.tint)
        return PackNeighbour(model.id, model.name, sprite, model)

    def _known(self, written: Written[T], field: str, slug: str) -> PackItem | None:
        """The item that a table refers to, or None with a fault added."""
        item = self._items.get(slug)
        if item is None and slug not in self._tables.broken_items:
            message = f"there is no item {slug!r}{self._tables.names.elsewhere(slug, self._items)}"
            self._faults.add(written.file, written.table, field, message)
        return item

    def _sprite(self, written: Written[T], table: str, name: str, tint: Mapping[str, str]) -> str:
        if "sprite" in written.stand_ins:
            return ""
        return self._tables.sprites.resolve(written.file, table, name, tint)
