"""Guards of invitations, public keys, and of who is locked out."""

from inventui.db.dialects.trigger import Trigger
from inventui.db.guards.sql import (
    LATEST,
    append_only,
    changed,
    journal_triggers,
    no_delete,
    no_replace,
    numbered,
    refuse,
    trigger,
)

_PLAYER = "EXISTS (SELECT 1 FROM player WHERE id = NEW.player_id)"


def invitation_guards() -> list[Trigger]:
    """An invitation is taken back at most; each use is of the operation that makes a player."""
    open_one = (
        "EXISTS (SELECT 1 FROM invitation i JOIN operation o"
        f" ON o.id = {LATEST} WHERE i.id = NEW.invitation_id AND o.kind = 'player'"
        " AND i.revoked_at IS NULL AND o.at < i.until AND NEW.number <= i.uses)"
    )
    count = "(SELECT count(*) FROM invitation_use u WHERE u.invitation_id = NEW.invitation_id)"
    return [
        trigger(
            "invitation_guard",
            "BEFORE INSERT ON invitation",
            no_replace("invitation"),
            no_replace("invitation", "hash"),
            refuse(
                "invitation: it is new, for players and a time",
                "NEW.uses >= 1 AND NEW.made_at < NEW.until AND NEW.revoked_at IS NULL"
                " AND NEW.hash != ''",
            ),
        ),
        trigger("invitation_apply", "AFTER INSERT ON invitation", numbered("invitation")),
        trigger(
            "invitation_no_update",
            "BEFORE UPDATE ON invitation",
            refuse(
                "invitation: it is taken back once, and else stays",
                f"NOT ({changed('id hash uses made_at until')}) AND OLD.revoked_at IS NULL"
                " AND NEW.revoked_at IS NOT NULL",
            ),
        ),
        no_delete("invitation"),
        *journal_triggers(
            "invitation_use",
            ("player_id",),
            f"NEW.number == {count} + 1 AND {open_one}"
            " AND NEW.player_id == (SELECT id FROM player ORDER BY id DESC LIMIT 1)",
        ),
        *append_only("invitation_use"),
    ]


def player_key_guards() -> list[Trigger]:
    """A key is removed at most, and had once at a time."""
    return [
        trigger(
            "player_key_guard",
            "BEFORE INSERT ON player_key",
            no_replace("player_key"),
            refuse(
                "player_key: a key of a player who does not have it",
                f"{_PLAYER} AND NEW.removed_at IS NULL AND NEW.fingerprint != ''"
                " AND NEW.key != '' AND NOT EXISTS (SELECT 1 FROM player_key k"
                " WHERE k.player_id == NEW.player_id AND k.fingerprint == NEW.fingerprint"
                " AND k.removed_at IS NULL)",
            ),
        ),
        trigger("player_key_apply", "AFTER INSERT ON player_key", numbered("player_key")),
        trigger(
            "player_key_no_update",
            "BEFORE UPDATE ON player_key",
            refuse(
                "player_key: it is removed once, and else stays",
                f"NOT ({changed('id player_id fingerprint key note added_at')})"
                " AND OLD.removed_at IS NULL AND NEW.removed_at IS NOT NULL",
            ),
        ),
        no_delete("player_key"),
    ]


def player_lock_guards() -> list[Trigger]:
    """A lock is a player's, and stays theirs."""
    return [
        trigger(
            "player_lock_guard",
            "BEFORE INSERT ON player_lock",
            no_replace("player_lock", "player_id"),
            refuse("player_lock: of a player", f"{_PLAYER} AND NEW.locked IN (0, 1)"),
        ),
        trigger(
            "player_lock_no_update",
            "BEFORE UPDATE ON player_lock",
            refuse(
                "player_lock: it stays its player''s",
                f"NOT ({changed('player_id')}) AND NEW.locked IN (0, 1)",
            ),
        ),
        no_delete("player_lock"),
    ]
