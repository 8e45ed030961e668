"""Escrow: whether a player item that waits may be claimed."""

from collections.abc import Sequence

from inventui.rules.core import lifecycle
from inventui.rules.core.categories import GEAR, Category
from inventui.rules.core.clock import HOUR, to_iso
from inventui.rules.core.enums import Event, Status
from inventui.rules.core.lifecycle import HELD
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.inventory.inventory import check_move

DROP_HELD = 24 * HOUR
"""How long escrow keeps what was dropped into it, or what was won or bought without room."""

GIFT_HELD = 48 * HOUR
"""How long escrow keeps gear that was given to a player without room."""


def check_claim(
    name: str,
    category: Category,
    status: Status,
    held_until: int | None,
    gear_held: int,
    now: int,
) -> Refusal | None:
    """None if a player item may be claimed: it waits, its time is not up, and gear has room.

    Args:
        name: the player item's.
        category: the player item's.
        status: the player item's.
        held_until: when it expires, or None if never.
        gear_held: how many pieces of gear the player holds.
        now: the time of asking.
    """
    if status in HELD:
        return Refusal(
            Reason.WRONG_STATUS,
            f"{name} does not wait in escrow: it is in your inventory.",
            {"status": str(status)},
        )
    if status is Status.EXPIRED or (status is Status.ESCROWED and _is_over(held_until, now)):
        return Refusal(
            Reason.EXPIRED,
            f"{name} is gone: escrow let go of it. Claim the next one sooner.",
            {} if held_until is None else {"held_until": to_iso(held_until)},
        )
    refusal = check_move(name, status, Event.CLAIM, locked=False)
    if refusal is None and category in GEAR and gear_held >= lifecycle.GEAR_ROOM:
        refusal = Refusal(
            Reason.NO_ROOM,
            f"There is room for {lifecycle.GEAR_ROOM} pieces of gear and you hold {gear_held}. "
            f"Sell or discard one first, then claim {name}.",
            {"room": lifecycle.GEAR_ROOM, "held": gear_held},
        )
    return refusal


def waits_words(names: Sequence[str]) -> str:
    """What a player is told whose new gear waits in escrow, for there is no room for it."""
    many = len(names) > 1
    return (
        f"There is no room for {', '.join(names)}: {'they wait' if many else 'it waits'} in escrow "
        f"for {DROP_HELD // HOUR} h. Sell or discard gear, then claim {'them' if many else 'it'}."
    )


def _is_over(held_until: int | None, now: int) -> bool:
    return held_until is not None and held_until <= now
