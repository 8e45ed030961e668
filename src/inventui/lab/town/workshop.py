"""Fusions in a town, and rewards for whole sets."""

from __future__ import annotations

from collections.abc import Sequence

from inventui.lab.town.catalogue import TownCatalogue
from inventui.lab.town.people import Piece, Townsman
from inventui.lab.town.town import Town
from inventui.rules import workshop
from inventui.rules.achievements import Condition, Rewards
from inventui.rules.cases.fairness import ticket
from inventui.rules.collections import check_complete, reward
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Rarity
from inventui.rules.core.lifecycle import HELD
from inventui.rules.core.money import HouseAccount
from inventui.rules.core.refusal import Refusal
from inventui.rules.home_goals import CHEAPEST, cheap_fusion
from inventui.rules.home_state import CheapFusion
from inventui.rules.workshop import (
    Ingredient,
    Pool,
    check_fuse,
    fusion_odds,
    may_be_fused,
    next_rarity,
)


def fuse(town: Town, me: Townsman, pieces: Sequence[Piece]) -> Refusal | None:
    """Make five collectibles of one rarity into one of the next."""
    pools = [pool_of(town.catalogue, piece) for piece in pieces]
    ingredients = [
        Ingredient(
            piece.item.name, piece.item.category, piece.item.rarity, piece.status, False, pool
        )
        for piece, pool in zip(pieces, pools, strict=True)
    ]
    refusal = check_fuse(ingredients, len(pieces), me.oranges)
    if refusal is not None:
        return refusal
    odds, pair = fusion_odds(pieces[0].item.rarity, pools), me.pair
    assert odds is not None
    assert pair is not None
    town.begin("fuse", me)
    town.spend(me, HouseAccount.WORKSHOP_FEE, odds.price)
    me.tally[Condition.FUSIONS] += 1
    won = odds.winner(ticket(pair.server_seed, pair.client_seed, pair.nonce))
    pair.nonce += 1
    for piece in pieces:
        del me.pieces[piece.id]
    town.give(me, [town.catalogue.items[odds.entries[won].item]])
    return None


def cheap_fusions(catalogue: TownCatalogue, finds: Sequence[Piece]) -> list[CheapFusion]:
    """What the five cheapest of each rarity among these finds could be fused into."""
    ordered = sorted(finds, key=lambda piece: (piece.item.value, piece.item.number, piece.id))
    fusions = []
    for rarity in Rarity:
        pieces = [piece for piece in ordered if piece.item.rarity is rarity]
        cheapest = pieces[: CHEAPEST * workshop.INPUTS]
        inputs = [(piece.item.value, pool_of(catalogue, piece)) for piece in cheapest]
        fusions.append(cheap_fusion(rarity, inputs))
    return [fusion for fusion in fusions if fusion is not None]


def pool_of(catalogue: TownCatalogue, piece: Piece) -> Pool:
    """What a piece brings to a fusion: of the case that gave it, else of the first with its item.

    The collectibles of the next rarity; none where there is no such case.
    """
    return _pool(catalogue, piece.item.slug, piece.case, piece.item.rarity)


def _pool(catalogue: TownCatalogue, slug: str, case: str, rarity: Rarity) -> Pool:
    known = catalogue.pools.get((slug, case))
    if known is None:
        known = catalogue.pools[slug, case] = _pool_now(catalogue, slug, case, rarity)
    return known


def _pool_now(catalogue: TownCatalogue, slug: str, case: str, rarity: Rarity) -> Pool:
    odds = catalogue.cases.get(case) or next(
        (
            odds
            for odds in catalogue.cases.values()
            if any(entry.item == slug for entry in odds.entries)
        ),
        None,
    )
    if odds is None or not may_be_fused(catalogue.items[slug].category, rarity):
        return ()
    wanted = next_rarity(rarity)
    return tuple(
        entry
        for entry in odds.entries
        if entry.rarity is wanted
        and entry.item
        and catalogue.items[entry.item].category is Category.COLLECTIBLE
    )


def complete(town: Town, me: Townsman, case: str) -> Refusal | None:
    """Take the reward for everything that a case gives."""
    refusal, counting = check_set(town.catalogue, me, case)
    if refusal is not None:
        return refusal
    given = set_reward(town.catalogue, case)
    town.begin("complete", me)
    town.pay(me, HouseAccount.ACHIEVEMENT, given.oranges)
    town.pay_gems(me, HouseAccount.ACHIEVEMENT, given.gems)
    town.learn(me, given.experience)
    me.completed.add(case)
    for piece in counting:
        piece.counted = True
    return None


def set_reward(catalogue: TownCatalogue, case: str) -> Rewards:
    """What all that a case gives brings at once."""
    return reward([catalogue.items[slug].value for slug in catalogue.sets[case]])


def check_set(
    catalogue: TownCatalogue, me: Townsman, case: str
) -> tuple[Refusal | None, Sequence[Piece]]:
    """Why the reward of a set can't be taken, or None; and the pieces that would count for it."""
    wanted = catalogue.sets[case]
    held: dict[str, list[Piece]] = {slug: [] for slug in wanted}
    for piece in me.pieces.values():
        if piece.status in HELD and piece.item.slug in held:
            held[piece.item.slug].append(piece)
    counting = [
        piece
        for pieces in held.values()
        for piece in [next((piece for piece in pieces if not piece.counted), None)]
        if piece is not None
    ]
    have = sum(bool(pieces) for pieces in held.values())
    done = case in me.completed
    refusal = check_complete(case, have, len(counting), len(wanted), done=done, shrunk=False)
    return refusal, counting
