"""The catalogue, checked against what it was when its packs were loaded, and against the packs."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col

from inventui.content.layers import Layer, digest_of_all, layer_at
from inventui.content.pack import Pack
from inventui.content.source import PackFile, base_pack, pack_digest
from inventui.db.catalogue_state import catalogue_state
from inventui.db.tables.achievements import AchievementRow
from inventui.db.tables.catalogue import CaseRow, ItemRow, PackLayerRow, WorldSettingRow
from inventui.db.tables.select import select
from inventui.engine.audit.audited_numbers import CATALOGUE, sets_of
from inventui.engine.audit.check import odds_tables, rows, told
from inventui.rules.audited_numbers import CHANGED


def check_catalogue(connection: Connection) -> Iterator[str]:
    """The catalogue is as it was when its packs were loaded, and as its packs say."""
    loaded = select(WorldSettingRow.value).where(WorldSettingRow.name == "pack")
    pack = next((digest for (digest,) in rows(connection, loaded)), "")
    kept = next(
        (each[CATALOGUE] for _, each in reversed(sets_of(connection)) if CATALOGUE in each), None
    )
    # Another program may have loaded packs since, and kept nothing of them.
    if isinstance(kept, dict) and kept.get("pack") == pack:
        yield from _check_kept(connection, kept, pack)
    content = _loaded(tuple(_layers(connection)))
    if content is not None and content.digest == pack:
        yield from _check_packs(connection, content)
        sets = sets_of(connection)
        if sets and sets[-1][1].get(CHANGED, {}) != content.numbers:
            yield "the numbers of the economy in force are not those of the packs"


def check_packs(connection: Connection) -> Iterator[str]:
    """The files of a world's packs are those of their digests, and these its catalogue's."""
    for number, digest, files in rows(
        connection, select(PackLayerRow.pack, PackLayerRow.digest, PackLayerRow.files)
    ):
        kept = told(files)
        if (files != "{}" and not kept) or not _are_files(kept):
            yield f"the files of the pack {number} are no names and texts"
        elif kept and _layer(number, kept, True).digest != digest:
            yield f"the files of the pack {number} are not those of its digest"
    active = select(PackLayerRow.digest).where(PackLayerRow.active == 1)
    digests = [
        digest for (digest,) in rows(connection, active.order_by(col(PackLayerRow.position)))
    ]
    named = select(WorldSettingRow.value).where(WorldSettingRow.name == "pack")
    for (digest,) in rows(connection, named):
        if digest_of_all(digests) != digest:
            yield "the packs of the world are not those that its catalogue was made of"


def _layers(connection: Connection) -> Iterator[Layer]:
    """The packs in force; of a world of before the base pack, if that is still this program's."""
    columns = select(PackLayerRow.pack, PackLayerRow.digest, PackLayerRow.files, PackLayerRow.plain)
    active = columns.where(PackLayerRow.active == 1).order_by(col(PackLayerRow.position))
    for pack, digest, files, plain in rows(connection, active):
        kept = told(files)
        if kept and _are_files(kept):
            yield _layer(pack, kept, bool(plain))
        elif digest == pack_digest(base_pack()):
            yield layer_at(base_pack())


def _are_files(kept: Mapping[str, Any]) -> bool:
    return all(isinstance(text, str) for text in kept.values())


def _layer(pack: str, files: Mapping[str, str], plain: bool) -> Layer:
    read = tuple(PackFile(name, text.encode()) for name, text in sorted(files.items()))
    return Layer(pack, read, plain)


@cache
def _loaded(layers: tuple[Layer, ...]) -> Pack | None:
    """What packs are together; None if this program reads them no more."""
    from inventui.content.loader import PackError, load_layers

    try:
        return load_layers(layers) if layers else None
    except PackError:
        return None


def _check_kept(connection: Connection, kept: Mapping[str, Any], pack: str) -> Iterator[str]:
    now = catalogue_state(lambda sql: map(tuple, connection.exec_driver_sql(sql)), pack)
    slugs: dict[str, str] = {
        str(number): slug for number, slug in rows(connection, select(ItemRow.id, ItemRow.slug))
    }
    named = False
    for what in ("items", "goals", "neighbours", "cases"):
        before, after = kept.get(what), now[what]
        if isinstance(before, list):
            before, after = _by_slug(before), _by_slug(after)
        if not isinstance(before, dict):
            continue  # `check_numbers` names it.
        for each in sorted(before.keys() | after.keys()):
            if before.get(each) != after.get(each):
                named = True
                yield (
                    f"{slugs.get(each, each)} of the {what} is {after.get(each)} in the file, its "
                    f"pack made it {before.get(each)}"
                )
    if kept.get("digest") != now["digest"] and not named:
        yield "a text or a picture of the catalogue differs from what its pack made it"


def _by_slug(pairs: object) -> dict[str, Any]:
    found = pairs if isinstance(pairs, list) else []
    return {str(pair[0]): pair[1:] for pair in found if isinstance(pair, list) and pair}


def _check_packs(connection: Connection, pack: Pack) -> Iterator[str]:
    """What the pack says of each item, case and goal is what the file says."""
    found: dict[str, tuple[Any, ...]] = {}
    wins: set[tuple[Any, ...]] = set()
    for slug, details, *fields in rows(
        connection,
        select(
            ItemRow.slug,
            ItemRow.details,
            ItemRow.category,
            ItemRow.name,
            ItemRow.rarity,
            ItemRow.rarity_rank,
            ItemRow.price_oranges,
            ItemRow.price_gems,
            ItemRow.value,
        ).where(ItemRow.active == 1),
    ):
        found[slug] = (*fields, told(details))
        category, name, rarity, *_, worth = fields
        wins.add((category, name, rarity, worth))
    for item in pack.items:
        due = (
            str(item.category),
            item.name,
            str(item.rarity),
            item.rarity.rank,
            item.price_oranges,
            item.price_gems,
            item.sell_price,
            dict(item.details()),
        )
        # What can be won is under the slug of its name and value, which another pack may have had;
        # so is an item whose slug another category had.
        known = found.get(item.id)
        lost = known is None and (due[0], due[1], due[2], due[6]) not in wins
        changed = known is not None and known[0] == due[0] and known != due
        if lost or changed:
            yield f"item {item.id} is {known}, the pack says {due}"
    yield from _check_cases(connection, pack)
    yield from _check_goals(connection, pack)


def _check_cases(connection: Connection, pack: Pack) -> Iterator[str]:
    tables = odds_tables(connection)
    found = {
        slug: (price, tables.get(table))
        for slug, price, table in rows(
            connection,
            select(CaseRow.slug, CaseRow.price, CaseRow.odds_table_id).where(CaseRow.active == 1),
        )
    }
    for case in pack.cases:
        price, odds = found.pop(case.id, (0, None))
        if price != case.price or odds is None or odds.price != case.price:
            yield f"case {case.id} costs {price}, the pack says {case.price}"
        wins = [] if odds is None else odds.entries
        if [(e.name, e.value, e.rarity, e.parts) for e in wins] != [
            (e.name, e.value, e.rarity, e.parts) for e in case.odds_table().entries
        ]:
            yield f"case {case.id} has other odds than the pack says"
    for slug in found:
        yield f"case {slug} is none of the pack's"


def _check_goals(connection: Connection, pack: Pack) -> Iterator[str]:
    found = {
        slug: tuple(fields)
        for slug, *fields in rows(
            connection,
            select(
                AchievementRow.slug,
                AchievementRow.condition,
                AchievementRow.threshold,
                AchievementRow.oranges,
                AchievementRow.gems,
                AchievementRow.experience,
                AchievementRow.quest,
            )
            .where(AchievementRow.active == 1)
            .order_by(col(AchievementRow.id)),
        )
    }
    quests = {quest.id for quest in pack.quests}
    for goal in (*pack.achievements, *pack.quests):
        sums = (goal.oranges, goal.gems, goal.experience)
        due = (str(goal.condition), goal.threshold, *sums, int(goal.id in quests))
        if found.pop(goal.id, None) != due:
            yield f"achievement {goal.id} is not as the pack says: {due}"
    for slug in found:
        yield f"achievement {slug} is none of the pack's"
