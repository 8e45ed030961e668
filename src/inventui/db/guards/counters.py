"""Guards of the counts that follow from journals: each line is counted once, when it is written."""

from collections.abc import Iterator
from dataclasses import dataclass

from inventui.db.dialects.trigger import Trigger
from inventui.db.guards.sql import changed, no_delete, no_replace, refuse, trigger, words
from inventui.rules.bazaar import ListingState
from inventui.rules.core.counters import BY_STATUS, ENTRIES, Counted
from inventui.rules.core.enums import Acquisition, Event, Status
from inventui.rules.history import BROUGHT
from inventui.rules.people.friends import FriendEvent


@dataclass(frozen=True, slots=True)
class _Count:
    """What lines of a journal a count counts; `{0}` stands for the line.

    Attributes:
        what: the count.
        table: the journal.
        player: whose count it is.
        step: what a line adds, or with `highest` the number that it reaches.
        when: the condition of a line that counts.
        entry: of what within the count.
        highest: whether the highest number is kept instead of the sum.
    """

    what: Counted
    table: str
    player: str
    step: str = "1"
    when: str = "TRUE"
    entry: str = "0"
    highest: bool = False

    def counted(self, line: str, before: str) -> str:
        """The number after a line, given that before it."""
        step = self.step.format(line)
        if self.highest:
            return f"CASE WHEN {step} > {before} THEN {step} ELSE {before} END"
        return f"{before} + {step}"


_OWNER = "(SELECT player_id FROM player_item WHERE id = {0}.player_item_id)"
_LISTED = (
    "(SELECT {} FROM listing l WHERE l.player_item_id = {{0}}.player_item_id"
    f" AND l.state = '{ListingState.OPEN}')"
)
_ROLLER = "(SELECT player_id FROM seed_pair WHERE id = {0}.seed_pair_id)"
_CASE = "{0}.purpose = 'case'"
_SOLD = (
    f"{{0}}.event = '{Event.SELL}' AND {{0}}.from_status = '{Status.LISTED}'"
    f" AND {_LISTED.format('id')} IS NOT NULL"
)
_COUNTS = (
    _Count(
        Counted.WON,
        "roll",
        _ROLLER,
        when=_CASE,
        entry=f"({{0}}.odds_table_id * {ENTRIES} + {{0}}.entry)",
    ),
    _Count(
        Counted.BATCH,
        "roll",
        _ROLLER,
        # The rolls of an operation have nonces that follow each other.
        "({0}.nonce + 1 - (SELECT r.nonce FROM roll r WHERE r.operation_id = {0}.operation_id"
        " ORDER BY r.id LIMIT 1))",
        when=_CASE,
        highest=True,
    ),
    *(
        _Count(
            Counted(status),
            "move",
            _OWNER,
            f"CASE WHEN {{0}}.to_status = '{status}' THEN 1 ELSE -1 END",
            f"({{0}}.to_status = '{status}' OR {{0}}.from_status = '{status}')",
            "(SELECT item_id FROM player_item WHERE id = {0}.player_item_id)",
        )
        for status in Status
        if status in BY_STATUS
    ),
    _Count(
        Counted.ITEMS_SOLD,
        "move",
        _OWNER,
        f"CASE WHEN {{0}}.event = '{Event.SELL}' THEN 1 ELSE -1 END",
        f"(({{0}}.event = '{Event.SELL}' AND {{0}}.from_status = '{Status.OWNED}')"
        f" OR ({{0}}.event = '{Event.UNDO}' AND {{0}}.from_status = '{Status.SOLD}'))",
    ),
    _Count(Counted.GEAR_BROKEN, "move", _OWNER, when=f"{{0}}.event = '{Event.BREAK}'"),
    _Count(Counted.SHIFTS, "shift", "{0}.player_id"),
    *(
        _Count(what, "income", "{0}.player_id", step, entry="{0}.player_item_id")
        for what, step in ((Counted.REVENUE, "{0}.revenue"), (Counted.COSTS, "{0}.cost"))
    ),
    _Count(Counted.VISITS, "visit", "{0}.host_id"),
    # An item that is sold is still listed when it moves.
    _Count(Counted.BAZAAR_SALES, "move", _OWNER, when=_SOLD),
    _Count(Counted.BAZAAR_EARNED, "move", _OWNER, _LISTED.format("price - fee"), _SOLD),
    _Count(Counted.BAZAAR_FEES, "move", _OWNER, _LISTED.format("fee"), _SOLD),
    *(
        _Count(
            Counted.FRIENDS,
            "friendship",
            f"{{0}}.{side}_id",
            f"CASE WHEN {{0}}.event = '{FriendEvent.ACCEPT}' THEN 1 ELSE -1 END",
            f"({{0}}.event = '{FriendEvent.ACCEPT}' OR ({{0}}.event = '{FriendEvent.REMOVE}'"
            " AND EXISTS (SELECT 1 FROM friendship f WHERE f.low_id = {0}.low_id AND f.high_id"
            " = {0}.high_id AND f.number = {0}.number - 1"
            f" AND f.event = '{FriendEvent.ACCEPT}')))",
        )
        for side in ("low", "high")
    ),
    _Count(
        Counted.ITEMS_GIVEN,
        "move",
        _OWNER,
        f"CASE WHEN {{0}}.event = '{Event.GIFT}' THEN 1 ELSE -1 END",
        f"({{0}}.event = '{Event.GIFT}'"
        f" OR ({{0}}.event = '{Event.UNDO}' AND {{0}}.from_status = '{Status.GIFTED}'))",
    ),
    _Count(
        Counted.ITEMS_RECEIVED,
        "move",
        _OWNER,
        f"CASE WHEN {{0}}.event = '{Event.RETURN}' THEN -1 ELSE 1 END",
        f"({{0}}.event = '{Event.RETURN}' OR ({{0}}.version = 1 AND EXISTS (SELECT 1"
        " FROM player_item p WHERE p.id = {0}.player_item_id"
        f" AND p.acquisition = '{Acquisition.GIFT}')))",
    ),
    *(
        _Count(Counted(f"{what}_{done}"), "gift", f"{{0}}.{who}_id", step, when)
        for done, who in (("given", "giver"), ("received", "receiver"))
        for what, step, when in (
            ("oranges", "{0}.oranges", "{0}.oranges > 0"),
            ("gems", "{0}.gems", "{0}.gems > 0"),
        )
    ),
)


def counter_guards() -> list[Trigger]:
    """A count follows from the lines of a journal, each counted once."""
    return [
        *_counting(),
        trigger(
            "counter_guard",
            "BEFORE INSERT ON counter",
            no_replace("counter", "rowid"),
            refuse(
                "counter: counting begins at nothing, once a player",
                f"NEW.number == 0 AND NEW.last_id == 0 AND NEW.what IN {words(Counted)}"
                " AND EXISTS (SELECT 1 FROM player WHERE id = NEW.player_id)"
                " AND NOT EXISTS (SELECT 1 FROM counter WHERE player_id = NEW.player_id"
                " AND what = NEW.what AND entry == NEW.entry)",
            ),
        ),
        trigger(
            "counter_numbered",
            "AFTER INSERT ON counter",
            refuse("counter: a hidden number is above zero", "NEW.rowid > 0", hidden=True),
        ),
        trigger(
            "counter_no_update",
            "BEFORE UPDATE ON counter",
            refuse(
                "counter: whose and what never change",
                f"NOT ({changed('rowid player_id what entry')})",
            ),
            refuse(
                "counter: only a line of its journal changes it",
                f"NEW.last_id > OLD.last_id AND CASE NEW.what {' '.join(_justified())} END",
            ),
        ),
        no_delete("counter"),
    ]


def _counting() -> Iterator[Trigger]:
    """A trigger for each count that counts a line as it is written."""
    for number, count in enumerate(_COUNTS):
        player, entry = count.player.format("NEW"), count.entry.format("NEW")
        this = f"player_id = {player} AND what = '{count.what}' AND entry = {entry}"
        yield trigger(
            f"{count.table}_count_{number}",
            f"AFTER INSERT ON {count.table} WHEN {count.when.format('NEW')}",
            "INSERT INTO counter (player_id, what, entry, number, last_id)"
            f" SELECT {player}, '{count.what}', {entry}, 0, 0"
            f" WHERE NOT EXISTS (SELECT 1 FROM counter WHERE {this})",
            f"UPDATE counter SET number = {count.counted('NEW', 'number')}, last_id = NEW.id"
            f" WHERE {this}",
        )


def _justified() -> Iterator[str]:
    """For each count, as a part of CASE, the condition that its last line accounts for it."""
    # SQLite evaluates every part of an OR, of a CASE only the one that counts.
    for what in Counted:
        lines = " OR ".join(
            f"EXISTS (SELECT 1 FROM {count.table} c"
            f" WHERE c.id = NEW.last_id AND ({count.when.format('c')})"
            f" AND {count.player.format('c')} = NEW.player_id"
            f" AND {count.entry.format('c')} = NEW.entry"
            f" AND NEW.number = {count.counted('c', 'OLD.number')})"
            for count in _COUNTS
            if count.what is what
        )
        yield f"WHEN '{what}' THEN ({lines})"


def brought_guards() -> list[Trigger]:
    """What an operation brought follows from its transfers and moves."""
    kinds = words(BROUGHT)
    account = "(SELECT player_id FROM account WHERE id = NEW.{}_account_id)"
    owners = {
        "transfer": f"{account.format('from')}, {account.format('to')}",
        "move": _OWNER.format("NEW"),
    }
    counting = []
    for flag, table in (("money", "transfer"), ("items", "move")):
        whom = f"(o.player_id, {owners[table]})"
        # What another's time moved is told by what it was.
        mine = "(o.kind <> 'settle' OR p.id = o.player_id)"
        counting.append(
            trigger(
                f"{table}_brought",
                f"AFTER INSERT ON {table} WHEN EXISTS (SELECT 1 FROM operation o"
                f" WHERE o.id = NEW.operation_id AND o.kind IN {kinds})",
                "INSERT INTO brought (player_id, operation_id, kind, money, items)"
                " SELECT p.id, o.id, o.kind, 0, 0 FROM operation o JOIN player p ON p.id IN"
                f" {whom} WHERE o.id = NEW.operation_id AND {mine} AND NOT EXISTS"
                " (SELECT 1 FROM brought b WHERE b.player_id = p.id AND b.operation_id = o.id)",
                f"UPDATE brought SET {flag} = 1 WHERE operation_id = NEW.operation_id"
                f" AND {flag} = 0 AND player_id IN (SELECT p.id FROM operation o JOIN player p"
                f" ON p.id IN {whom} WHERE o.id = NEW.operation_id AND {mine})",
            )
        )
    return [
        *counting,
        trigger(
            "brought_guard",
            "BEFORE INSERT ON brought",
            no_replace("brought", "rowid"),
            refuse(
                "brought: of an operation that may bring something, once a player",
                "NEW.money == 0 AND NEW.items == 0"
                " AND EXISTS (SELECT 1 FROM player WHERE id = NEW.player_id)"
                " AND EXISTS (SELECT 1 FROM operation WHERE id = NEW.operation_id"
                f" AND kind == NEW.kind AND kind IN {kinds}"
                " AND (kind <> 'settle' OR player_id = NEW.player_id))"
                " AND NOT EXISTS (SELECT 1 FROM brought WHERE player_id = NEW.player_id"
                " AND operation_id = NEW.operation_id)",
            ),
        ),
        trigger(
            "brought_numbered",
            "AFTER INSERT ON brought",
            refuse("brought: a hidden number is above zero", "NEW.rowid > 0", hidden=True),
        ),
        trigger(
            "brought_no_update",
            "BEFORE UPDATE ON brought",
            refuse(
                "brought: whose and what never change",
                f"NOT ({changed('rowid player_id operation_id kind')})",
            ),
            refuse("brought: only a transfer or a move says so", _brought("money", "transfer")),
            refuse("brought: only a transfer or a move says so", _brought("items", "move")),
        ),
        no_delete("brought"),
    ]


def _brought(flag: str, table: str) -> str:
    return (
        f"NEW.{flag} == OLD.{flag} OR (NEW.{flag} == 1 AND EXISTS (SELECT 1 FROM {table}"
        " WHERE operation_id = NEW.operation_id))"
    )
