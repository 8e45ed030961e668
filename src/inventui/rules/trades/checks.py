"""Checks of a trade: what may be given and asked for, and what both players hold afterwards."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from inventui.rules.core import lifecycle
from inventui.rules.core.categories import COSMETICS, GEAR, Category
from inventui.rules.core.enums import Event, Status
from inventui.rules.core.lifecycle import ENDS
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.inventory.inventory import check_move


@dataclass(frozen=True, slots=True)
class Pledge:
    """A player item that is given or asked for in a trade; `item` is the number of its item."""

    item: int
    name: str
    category: Category
    status: Status
    locked: bool
    is_default: bool


def check_give(player_item: Pledge) -> Refusal | None:
    """None if a player item may be given in a trade: owned, not worn, not locked, no default."""
    refusal = check_move(
        player_item.name, player_item.status, Event.OFFER, locked=player_item.locked
    )
    if refusal is None and player_item.is_default:
        refusal = _default(player_item.name)
    return refusal


_HAS: Mapping[Status, str] = MappingProxyType(
    {
        Status.EQUIPPED: "{owner} wears {name}. Ask for it when it is off.",
        Status.ESCROWED: "{name} waits in the escrow of {owner}. Ask for it when it is claimed.",
        Status.LISTED: "{owner} has {name} on the bazaar. Buy it there.",
        Status.OFFERED: "{owner} has offered {name} in another trade.",
    }
)


def check_ask(owner: str, player_item: Pledge) -> Refusal | None:
    """None if another player may be asked for an item of theirs: by the same rule as giving it."""
    if player_item.status in ENDS:
        said = "{owner} has {name} no more."
        return Refusal(
            Reason.ENDED,
            said.format(owner=owner, name=player_item.name),
            {"player": owner, "status": str(player_item.status)},
        )
    if player_item.locked:
        return Refusal(
            Reason.LOCKED,
            f"{owner} has locked {player_item.name}: it is not to be had.",
            {"player": owner},
        )
    if player_item.status is not Status.OWNED:
        return Refusal(
            Reason.WRONG_STATUS,
            _HAS[player_item.status].format(owner=owner, name=player_item.name),
            {"player": owner, "status": str(player_item.status)},
        )
    return _default(player_item.name) if player_item.is_default else None


def _default(name: str) -> Refusal:
    return Refusal(
        Reason.IS_DEFAULT, f"{name} is one of the things that everybody owns from the start.", {}
    )


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a trade before it is accepted.

    Attributes:
        name: the player's; empty for the player who acts.
        gear_held: how many pieces of gear they hold, with those that they give.
        held: by item, how many they have, in escrow too, with those that they give.
        gives: what they give.
        gets: what they get.
    """

    name: str
    gear_held: int
    held: Mapping[int, int]
    gives: tuple[Pledge, ...]
    gets: tuple[Pledge, ...]


def check_owned(party: Party) -> Refusal | None:
    """None if a trade leaves this side no cosmetic twice."""
    gives = Counter(player_item.item for player_item in party.gives)
    gets = Counter(player_item.item for player_item in party.gets)
    for player_item in party.gets:
        item = player_item.item
        if (
            player_item.category in COSMETICS
            and party.held.get(item, 0) - gives[item] + gets[item] > 1
        ):
            who = f"{party.name} has" if party.name else "You have"
            return Refusal(
                Reason.ALREADY_OWNED,
                f"{who} {player_item.name} already: one is enough.",
                {"player": party.name} if party.name else {},
            )
    return None


def check_room(party: Party) -> Refusal | None:
    """None if this side has room for the gear that it holds after a trade."""
    more, less = (
        sum(player_item.category in GEAR for player_item in player_items)
        for player_items in (party.gets, party.gives)
    )
    after = party.gear_held + more - less
    if more <= less or after <= lifecycle.GEAR_ROOM:
        return None
    who, help_ = (
        (f"{party.name} would hold", "") if party.name else ("You would hold", " Make room first.")
    )
    return Refusal(
        Reason.NO_ROOM,
        f"{who} {after} pieces of gear then, and {lifecycle.GEAR_ROOM} is all there is room "
        f"for.{help_}",
        {"room": lifecycle.GEAR_ROOM, "held": party.gear_held, "after": after}
        | ({"player": party.name} if party.name else {}),
    )
