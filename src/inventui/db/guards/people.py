"""Guards of friends, gifts, withdrawals and passphrases."""

from inventui.db.dialects.trigger import Trigger
from inventui.db.guards.sql import (
    append_only,
    changed,
    journal_triggers,
    no_delete,
    refuse,
    trigger,
    words,
)
from inventui.rules.core.enums import Status
from inventui.rules.core.money import Currency
from inventui.rules.people.friends import FriendEvent

_LAST = (
    "(SELECT {} FROM friendship f WHERE f.low_id = {} AND f.high_id = {}"
    " ORDER BY f.number DESC LIMIT 1)"
)


def _event(last: str, by: str) -> str:
    """The condition that a line follows the last one between two players."""
    asks, answers = FriendEvent.REQUEST, (FriendEvent.ACCEPT, FriendEvent.DECLINE)
    apart = f"({last} IS NULL OR {last} IN {words((FriendEvent.DECLINE, FriendEvent.REMOVE))})"
    return (
        f"((NEW.event == '{asks}' AND {apart})"
        f" OR (NEW.event IN {words(answers)} AND {last} == '{asks}' AND {by} != NEW.by_id)"
        f" OR (NEW.event == '{FriendEvent.REMOVE}' AND ({last} == '{FriendEvent.ACCEPT}'"
        f" OR ({last} == '{asks}' AND {by} == NEW.by_id))))"
    )


def friend_guards() -> list[Trigger]:
    """A line between two players follows the last one; gifts go between friends."""
    pair = ("NEW.low_id", "NEW.high_id")
    last, by, number = (_LAST.format(f"f.{c}", *pair) for c in ("event", "by_id", "number"))
    friends = " OR ".join(
        f"{_LAST.format('f.event', *order)} == '{FriendEvent.ACCEPT}'"
        for order in (
            ("NEW.giver_id", "NEW.receiver_id"),
            ("NEW.receiver_id", "NEW.giver_id"),
        )
    )
    handed = (
        "EXISTS (SELECT 1 FROM player_item n JOIN player_item o ON o.id = n.origin_id"
        " WHERE n.id = NEW.received_id AND o.id = NEW.given_id AND n.player_id = NEW.receiver_id"
        f" AND o.player_id = NEW.giver_id AND o.status == '{Status.GIFTED}')"
    )
    paid = (
        "EXISTS (SELECT 1 FROM transfer t JOIN account f ON f.id = t.from_account_id"
        " JOIN account r ON r.id = t.to_account_id WHERE t.operation_id = NEW.operation_id"
        " AND f.player_id = NEW.giver_id AND r.player_id = NEW.receiver_id"
        f" AND ((t.currency = '{Currency.ORANGES}' AND t.amount = NEW.oranges)"
        f" OR (t.currency = '{Currency.GEMS}' AND t.amount = NEW.gems)))"
    )
    return [
        *journal_triggers(
            "friendship",
            ("low_id", "high_id", "number"),
            "NEW.low_id < NEW.high_id AND NEW.by_id IN (NEW.low_id, NEW.high_id)"
            " AND EXISTS (SELECT 1 FROM player WHERE id = NEW.low_id)"
            " AND EXISTS (SELECT 1 FROM player WHERE id = NEW.high_id)"
            f" AND ((NEW.number == 1 AND {number} IS NULL) OR NEW.number == {number} + 1)"
            f" AND {_event(last, by)}",
        ),
        *append_only("friendship"),
        *journal_triggers(
            "gift",
            ("id",),
            f"NEW.giver_id != NEW.receiver_id AND ({friends})"
            " AND NEW.oranges >= 0 AND NEW.gems >= 0"
            " AND (NEW.given_id IS NOT NULL) + (NEW.oranges > 0) + (NEW.gems > 0) == 1"
            f" AND ((NEW.given_id IS NULL AND NEW.received_id IS NULL AND {paid}) OR ({handed}"
            " AND NOT EXISTS (SELECT 1 FROM gift g JOIN player_item r ON r.id = g.received_id"
            f" WHERE g.given_id = NEW.given_id AND r.status != '{Status.RETURNED}')))",
        ),
        *append_only("gift"),
    ]


def passphrase_guards() -> list[Trigger]:
    """A passphrase is kept as a hash of a player, who stays the same."""
    # LIKE is a function that a client may replace; these bounds say the same.
    hashed = "NEW.hash > '$argon2id$' AND NEW.hash < '$argon2id%' AND NEW.failures >= 0"
    return [
        trigger(
            "passphrase_guard",
            "BEFORE INSERT ON passphrase",
            refuse(
                "passphrase: a hash of a player who has none",
                f"{hashed} AND EXISTS (SELECT 1 FROM player WHERE id = NEW.player_id)"
                " AND NOT EXISTS (SELECT 1 FROM passphrase WHERE player_id = NEW.player_id)",
            ),
        ),
        trigger(
            "passphrase_no_update",
            "BEFORE UPDATE ON passphrase",
            refuse(
                "passphrase: it stays its player''s", f"{hashed} AND NOT ({changed('player_id')})"
            ),
        ),
        no_delete("passphrase"),
    ]
