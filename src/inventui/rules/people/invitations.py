"""Invitations: codes by which new players come into a world that is served."""

from hashlib import sha256

from inventui.rules.core.clock import DAY
from inventui.rules.core.refusal import Reason, Refusal

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and letters, without I, L, O and U, which are taken for others."""

DIGITS, GROUP = 20, 5
"""Of a code: 100 random bits, in groups."""

MOST_USES, MOST_DAYS = 1_000, 365
USES, DAYS = 1, 7
"""How often and how long a code lets in, where nothing else is said."""

_READ_AS = str.maketrans("OIL", "011", "- ")


def code_of(secret: str) -> str:
    """The code that is made of a secret of 64 hex digits."""
    number = int(secret, 16)
    digits = "".join(ALPHABET[(number >> 5 * place) & 31] for place in range(DIGITS))
    return "-".join(digits[at : at + GROUP] for at in range(0, DIGITS, GROUP))


def code_hash(said: str) -> str:
    """What a world keeps of a code, however it is typed."""
    return sha256(said.upper().translate(_READ_AS).encode(errors="replace")).hexdigest()


def check_invitation(uses: int, days: int) -> Refusal | None:
    """None if an invitation may be for so many players and days."""
    if 1 <= uses <= MOST_USES and 1 <= days <= MOST_DAYS:
        return None
    return Refusal(
        Reason.INVALID_COUNT,
        f"An invitation is for 1 to {MOST_USES:,} players and for 1 to {MOST_DAYS} days.",
        {"most_uses": MOST_USES, "most_days": MOST_DAYS},
    )


def until(at: int, days: int) -> int:
    """Until when an invitation made at a moment lets in."""
    return at + days * DAY


NOT_INVITED = Refusal(
    Reason.UNKNOWN_INVITATION,
    "That code lets nobody in: it is wrong, used up, taken back, or too old.",
)
"""The one answer to whoever has no code that lets them in."""
