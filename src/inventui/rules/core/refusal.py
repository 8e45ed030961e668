"""Refusals: what a rule answers when something may not be done.

A refusal is a value, never an exception: a check returns None or a `Refusal`, and whoever asked
hands it on. An exception means a bug or a broken machine. So every caller sees in the type that it
may be refused, screens can ask before they offer an action, and nothing has to be undone, since
a refusal is decided before an operation writes.

It has a reason for programs, a sentence for people that says what would help, and figures (what
is required, what there is), printed beside the reason with `--json`. If several reasons hold,
the first in the order of `Reason` is given, so that the answer does not depend on the order in
which checks happen to be written: first what was asked itself (is that a name, a number?), then
whether those it names exist, then whether they are in a state that allows it, last whether the
player can pay. Checks must ask in that order.

`tests/rules/test_refusal.py` fails if the order breaks that or if a figure hides the reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Reason(StrEnum):
    """Why something was refused, in order of precedence."""

    INVALID_NAME = "invalid_name"
    INVALID_CLIENT_SEED = "invalid_client_seed"
    INVALID_COUNT = "invalid_count"
    INVALID_AMOUNT = "invalid_amount"
    INVALID_KEY = "invalid_key"
    INVALID_MESSAGE = "invalid_message"
    INVALID_PASSPHRASE = "invalid_passphrase"  # noqa: S105
    INVALID_PUBLIC_KEY = "invalid_public_key"
    INVALID_CURSOR = "invalid_cursor"
    INVALID_FILE = "invalid_file"
    INVALID_PACK = "invalid_pack"
    KEY_REUSED = "key_reused"
    NOT_CONFIRMED = "not_confirmed"
    NO_PLAYERS = "no_players"
    SEVERAL_PLAYERS = "several_players"
    UNKNOWN_PLAYER = "unknown_player"
    IS_NEIGHBOUR = "is_neighbour"
    PASSPHRASE_NEEDED = "passphrase_needed"  # noqa: S105
    PASSPHRASE_WRONG = "passphrase_wrong"  # noqa: S105
    UNKNOWN_INVITATION = "unknown_invitation"
    UNKNOWN_PUBLIC_KEY = "unknown_public_key"
    PLAYER_EXISTS = "player_exists"
    UNKNOWN_CASE = "unknown_case"
    UNKNOWN_ITEM = "unknown_item"
    UNKNOWN_SLOT = "unknown_slot"
    UNKNOWN_LISTING = "unknown_listing"
    UNKNOWN_TRADE = "unknown_trade"
    UNKNOWN_PACK = "unknown_pack"
    PACK_EXISTS = "pack_exists"
    NOT_YOURS = "not_yours"
    EXPIRED = "expired"
    ENDED = "ended"
    LOCKED = "locked"
    WRONG_STATUS = "wrong_status"
    DEPENDED_ON = "depended_on"
    NOT_SELLABLE = "not_sellable"
    NOT_WEARABLE = "not_wearable"
    IS_DEFAULT = "is_default"
    LAST_PACK = "last_pack"
    IN_ARREARS = "in_arrears"
    NOT_USABLE = "not_usable"
    NO_TARGET = "no_target"
    OWN_LISTING = "own_listing"
    NOT_YOUR_TURN = "not_your_turn"
    NOTHING_OFFERED = "nothing_offered"
    TOO_MANY_THINGS = "too_many_things"
    WRONG_NUMBER = "wrong_number"
    WRONG_RARITY = "wrong_rarity"
    NO_POOL = "no_pool"
    NOT_COMPLETE = "not_complete"
    WRONG_BOND = "wrong_bond"
    NOT_FRIENDS = "not_friends"
    TOO_CHEAP = "too_cheap"
    PROTECTED = "protected"
    TOO_OFTEN = "too_often"
    TOO_SOON = "too_soon"
    NOT_FOR_SALE = "not_for_sale"
    NOT_YET_AVAILABLE = "not_yet_available"
    NO_LONGER_AVAILABLE = "no_longer_available"
    SOLD_OUT = "sold_out"
    ALREADY_OWNED = "already_owned"
    NO_ROOM = "no_room"
    ODDS_CHANGED = "odds_changed"
    PRICE_CHANGED = "price_changed"
    INSUFFICIENT_FUNDS = "insufficient_funds"
    PURSE_FULL = "purse_full"
    NOTHING_TO_DO = "nothing_to_do"
    NOTHING_TO_VERIFY = "nothing_to_verify"
    FILE_EXISTS = "file_exists"
    FILE_UNWRITABLE = "file_unwritable"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Nothing was changed, and why.

    Attributes:
        reason: the word for programs.
        message: one plain sentence for a person.
        figures: numbers and names that the reason is about, e.g.
            `required`, `current`, `missing`.
    """

    reason: Reason
    message: str
    figures: Mapping[str, object] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """The object printed under "error"."""
        return {"reason": str(self.reason), "message": self.message, **self.figures}


OUTDATED = frozenset({Reason.ODDS_CHANGED, Reason.PRICE_CHANGED})
"""Reasons that say: what was on show is not so any more."""


def foremost(*refusals: Refusal | None) -> Refusal | None:
    """The refusal whose reason comes first, or None if there is none."""
    order = list(Reason)
    found = [refusal for refusal in refusals if refusal is not None]
    return min(found, key=lambda refusal: order.index(refusal.reason), default=None)
