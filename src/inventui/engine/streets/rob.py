"""Robbing: a player's robbery, decided by a roll, and what it changes on both sides.

The chance of success is 50 % plus the robber's weapon less the target's armour, within 5 to
95 %. It is rolled like a case: the next nonce of the robber's active seed pair gives a ticket,
and the chance is written down as an odds table with two entries, so that a robbery is proved by
the same proof as an opening. The other draws (loot, gear, wear) come from further numbers of the
same nonce, so nothing about a robbery is chosen after its roll (`rules.streets.robbery`).

A success takes oranges, half as many with each success of this robber against this target within
24 h, and sometimes a piece of gear that the target does not wear: its row ends as stolen, the
robber's row begins in escrow. A failure costs a fine, which a robber must have at stake. Either way
both sides' gear wears. The chance and how often the loot was halved are kept on the robbery's line,
so the audit judges it by the rules of then.

Neighbours rob too, but in their own periods and by the world's draws (`npc.robberies`).

`tests/engine/test_robberies.py` fails if a robbery differs from what its roll says, or if a
refused one changes anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from inventui.db.statements import Statement
from inventui.engine.core.catalogue import keep_odds
from inventui.engine.core.context import Look
from inventui.engine.core.item_grants import Receipt, hand_on
from inventui.engine.core.ledger import Spending, gain_experience, pay, purse_of, room_in
from inventui.engine.core.notify import notify
from inventui.engine.core.operation import Draft, Intent, Operation, perform
from inventui.engine.inventory.durability import wear_down
from inventui.engine.streets.loadout import GearPiece, loadout_of
from inventui.engine.streets.models import RobberyDone, Stolen, Wear
from inventui.engine.streets.targets import TargetState, find_target, loot_range, target_of
from inventui.rules.core.enums import Acquisition, Event, Rarity, SeedState, Status, Tone
from inventui.rules.core.money import Currency, HouseAccount, check_purse, money_words
from inventui.rules.core.refusal import Refusal
from inventui.rules.people.players import name_key, normal_name
from inventui.rules.streets import robbery
from inventui.rules.streets.robbery import (
    STOLEN_HELD,
    RobberyDraw,
    check_chance,
    check_rob,
    check_stake,
    fine,
    loot,
    rob_chance,
    robbery_draw,
    robbery_odds,
    succeeds,
    takes_gear,
    wear,
    which_gear,
)

if TYPE_CHECKING:
    from inventui.engine.core.context import Player


class _SpareGear(NamedTuple):
    id: int
    name: str
    rarity: str


_SPARE = Statement(
    "SELECT p.id, i.name, i.rarity FROM player_item p JOIN item i ON i.id = p.item_id"
    " WHERE p.player_id = :player AND p.status = 'owned'"
    " AND p.category IN ('weapon', 'armor', 'business', 'housing') ORDER BY p.id",
    _SpareGear,
)


class _SeedPair(NamedTuple):
    id: int
    server_seed: str
    server_seed_hash: str
    client_seed: str
    nonce: int


_PAIR = Statement(
    "SELECT id, server_seed, server_seed_hash, client_seed, nonce FROM seed_pair"
    " WHERE player_id = :player AND state = '{active}'",
    _SeedPair,
    active=SeedState.ACTIVE,
)
_ROLL = Statement(
    "INSERT INTO roll (operation_id, seed_pair_id, nonce, purpose, ticket, odds_table_id, entry,"
    " player_item_id) VALUES (:operation, :pair, :nonce, 'robbery', :ticket, :odds, :entry, NULL)"
    " RETURNING id",
    int,
)
_ROBBERY = Statement(
    "INSERT INTO robbery (operation_id, robber_id, victim_id, at, chance, success, oranges,"
    " stolen_id, roll_id, period, halved) VALUES (:operation, :robber, :victim, :at, :chance,"
    " :success, :oranges, :stolen, :roll, NULL, :halved)"
)


class Robberies:
    """One player's robberies."""

    def __init__(self, handle: Player) -> None:
        """Act for the player of `handle`."""
        self._handle = handle
        self._world = handle.world

    def rob(self, target: str, key: str | None, shown: int | None) -> RobberyDone | Refusal:
        """Rob somebody by name; a chance other than the one that was `shown` is refused."""
        self._world.before_look(Look.NEIGHBOURS, wait=True)
        wanted = normal_name(target)
        intent = Intent(
            "rob",
            {"target": name_key(wanted)},
            self._handle.id,
            uuid4().hex if key is None else key,
        )
        return perform(
            self._world, intent, lambda draft: self._rob(draft, wanted, shown), RobberyDone
        )

    def _rob(self, draft: Draft, name: str, shown: int | None) -> RobberyDone | Refusal:
        connection, world, me = draft.connection, self._world, self._handle.id
        found = find_target(connection, me, name, draft.at)
        if isinstance(found, Refusal):
            return found
        if found.id != me:
            draft.settle(found.id)
        # Their time may just have changed what they have.
        row = find_target(connection, me, name, draft.at)
        assert not isinstance(row, Refusal)
        refusal = check_rob(self._handle.name, target_of(row), draft.at)
        if refusal is not None:
            return refusal
        mine = loadout_of(world, connection, me, draft.at)
        theirs = loadout_of(world, connection, row.id, draft.at)
        chance = rob_chance(mine.bonus, theirs.defence)
        purse = purse_of(connection, me)
        room = room_in(connection, purse.accounts[Currency.ORANGES])
        refusal = (
            check_chance(row.name, chance, shown)
            or check_stake(purse.oranges)
            or check_purse("", loot_range(row, theirs.insurance)[1], room, Currency.ORANGES)
        )
        if refusal is not None:
            return refusal
        odds = robbery_odds(chance)
        pair = connection.execute(_PAIR, {"player": me}).one()
        draw = robbery_draw(pair.server_seed, pair.client_seed, pair.nonce)
        success = succeeds(draw.ticket, chance)

        operation = draft.begin()
        roll = connection.execute(
            _ROLL,
            {
                "operation": operation.id,
                "pair": pair.id,
                "nonce": pair.nonce,
                "ticket": draw.ticket,
                "odds": keep_odds(connection, odds),
                "entry": odds.winner(draw.ticket),
            },
        ).one()
        if success:
            oranges, stolen = self._take(operation, row, draw, theirs.insurance)
        else:
            oranges, stolen = self._pay_fine(operation), None
        connection.execute(
            _ROBBERY,
            {
                "operation": operation.id,
                "robber": me,
                "victim": row.id,
                "at": operation.at,
                "chance": chance,
                "success": success,
                "oranges": oranges,
                "stolen": None if stolen is None else stolen.item_id,
                "roll": roll,
                "halved": row.halved,
            },
        )
        if row.slug is None:
            self._tell(operation, row.id, oranges, stolen, success=success)
        gained = Spending(0, 0, None)
        if success:
            purse = purse_of(connection, me)
            gained = gain_experience(operation, world.house, purse, robbery.ROBBERY_EXPERIENCE)
        return RobberyDone(
            operation=operation.id,
            target=row.name,
            neighbour=row.slug is not None,
            chance=chance,
            success=success,
            oranges=oranges,
            halved=row.halved,
            stolen=stolen,
            weapon=_wear(operation, mine.weapon, wear(draw.weapon_wear)),
            armour=_wear(operation, theirs.armour, wear(draw.armour_wear)),
            nonce=pair.nonce,
            ticket=draw.ticket,
            server_seed_hash=pair.server_seed_hash,
            client_seed=pair.client_seed,
            odds_hash=odds.hash,
            balance=purse_of(connection, me).balance,
            experience_gained=gained.experience,
            rank_up=gained.rank_up,
            at=operation.at,
        )

    def _take(
        self, operation: Operation, victim: TargetState, draw: RobberyDraw, insurance: int
    ) -> tuple[int, Stolen | None]:
        """Take oranges, and a piece of gear if the roll says so; what was taken."""
        connection, me = operation.connection, self._handle.id
        oranges = loot(victim.oranges, draw.loot, insurance, victim.halved)
        accounts = [
            purse_of(connection, player).accounts[Currency.ORANGES] for player in (victim.id, me)
        ]
        operation.transfer("robbery", Currency.ORANGES, oranges, *accounts)
        spare = connection.execute(_SPARE, {"player": victim.id}).all()
        if not spare or not takes_gear(draw.gear):
            return oranges, None
        player_item = spare[which_gear(draw.which, len(spare))]
        operation.move([player_item.id], Status.OWNED, Event.STEAL)
        receipt = Receipt(me, Acquisition.THEFT, 0, victim.name)
        number = hand_on(connection, operation, receipt, player_item.id, Event.DROP, STOLEN_HELD)
        held_until = operation.at + STOLEN_HELD
        return oranges, Stolen(number, player_item.name, Rarity(player_item.rarity), held_until)

    def _pay_fine(self, operation: Operation) -> int:
        purse = purse_of(operation.connection, self._handle.id)
        oranges = fine(purse.oranges)
        house = self._world.house
        pay(operation, house, purse, HouseAccount.FINE, Currency.ORANGES, oranges)
        return oranges

    def _tell(
        self,
        operation: Operation,
        victim: int,
        oranges: int,
        stolen: Stolen | None,
        *,
        success: bool,
    ) -> None:
        """Notify the victim, in the words that tell of a neighbour's robbery."""
        name = self._handle.name
        if not success:
            message = f"{name} tried to rob you and failed."
            notify(operation, victim, "foiled", Tone.SUCCESS, message, "streets")
            return
        took = money_words(oranges, Currency.ORANGES)
        if stolen is not None:
            took += f" and {stolen.name}"
        notify(operation, victim, "robbed", Tone.ERROR, f"{name} robbed you of {took}.", "streets")


def _wear(operation: Operation, piece: GearPiece | None, points: int) -> Wear | None:
    if piece is None:
        return None
    return Wear(piece.name, points, wear_down(operation.connection, operation, piece.id, points))
