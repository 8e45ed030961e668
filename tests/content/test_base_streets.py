"""The base pack's streets: gear that pays for itself, goals that can be reached, neighbours."""

import re
from collections import Counter
from fractions import Fraction
from itertools import pairwise

import pytest
from rich.cells import cell_len

from inventui.content.loader import load_pack
from inventui.content.models.pack import AchievementModel
from inventui.content.pack import PackItem, PackNeighbour
from inventui.content.source import base_pack
from inventui.rules.achievements import Condition
from inventui.rules.core.categories import COSMETICS, GEAR, Category
from inventui.rules.core.enums import PriceTier, Rarity
from inventui.rules.core.ranks import RANKS
from inventui.rules.core.sprite import parse
from inventui.rules.inventory.wardrobe import DEFAULTED
from inventui.rules.people.players import name_key

PACK = load_pack(base_pack())
ITEMS = {item.id: item for item in PACK.items}
GEAR_ITEMS = [item for item in PACK.items if item.category in GEAR]
BUSINESSES = [item for item in GEAR_ITEMS if item.category is Category.BUSINESS]
RARITIES = (Rarity.COMMON, Rarity.UNCOMMON, Rarity.RARE, Rarity.LEGENDARY)
FIGURE = {
    Category.WEAPON: "rob_bonus",
    Category.ARMOR: "defence_bonus",
    Category.HOUSING: "insurance",
    Category.BUSINESS: "revenue",
}
KINDS = sorted(GEAR)
CELLS = [(kind, rarity) for kind in KINDS for rarity in RARITIES]

# The base pack's own ends of each figure that differs between items, typed a second time.
ENDS = {
    "bonus": {"common": (0, 5), "uncommon": (5, 8), "rare": (8, 12), "legendary": (12, 15)},
    "insurance": {"common": (5, 10), "uncommon": (12, 18), "rare": (20, 28), "legendary": (30, 40)},
    "revenue": {
        "common": (2700, 3550), "uncommon": (4000, 5000), "rare": (5400, 6800),
        "legendary": (7400, 10000),
    },
}  # fmt: skip
UPKEEP = {"common": 20, "uncommon": 50, "rare": 90, "legendary": 150}

WORDS = {1: "an?", 2: "two", 3: "three", 5: "five", 7: "seven", 10: "ten"}
"""Small numbers as an achievement writes them."""

by_gear = pytest.mark.parametrize("item", GEAR_ITEMS, ids=lambda item: item.id)
by_business = pytest.mark.parametrize("item", BUSINESSES, ids=lambda item: item.id)
by_goal = pytest.mark.parametrize("goal", PACK.achievements, ids=lambda goal: goal.id)
by_neighbour = pytest.mark.parametrize("neighbour", PACK.neighbours, ids=lambda who: who.id)


def figure(item: PackItem, name: str) -> int:
    """A figure of its kind."""
    found = item.details()[name]
    assert isinstance(found, int)
    return found


def pieces(kind: Category, rarity: Rarity) -> list[PackItem]:
    """The gear of a kind and rarity, as it stands in the pack."""
    return [item for item in GEAR_ITEMS if item.category is kind and item.rarity is rarity]


# Gear


def test_there_are_64_pieces_of_gear_16_a_kind_and_4_a_rarity() -> None:
    assert len(GEAR_ITEMS) == 64
    assert Counter(item.category for item in GEAR_ITEMS) == dict.fromkeys(GEAR, 16)
    assert {cell: len(pieces(*cell)) for cell in CELLS} == dict.fromkeys(CELLS, 4)


@pytest.mark.parametrize(("kind", "rarity"), CELLS)
def test_figures_are_spread_over_their_range_and_what_does_more_costs_more(
    kind: Category, rarity: Rarity
) -> None:
    name = FIGURE[kind]
    least, most = ENDS["bonus" if name.endswith("bonus") else name][rarity]
    ranked = sorted(pieces(kind, rarity), key=lambda item: figure(item, name))
    figures = [figure(item, name) for item in ranked]
    assert least <= figures[0]
    assert figures[-1] == most
    assert len(set(figures)) == 4
    assert 2 * (figures[-1] - figures[0]) >= most - least
    assert all(a.price_oranges < b.price_oranges for a, b in pairwise(ranked))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_rarer_costs_more(kind: Category) -> None:
    prices = [[item.price_oranges for item in pieces(kind, rarity)] for rarity in RARITIES]
    assert all(max(lower) < min(higher) for lower, higher in pairwise(prices))


def test_a_home_costs_its_raritys_upkeep() -> None:
    homes = [item for item in GEAR_ITEMS if item.category is Category.HOUSING]
    assert all(figure(item, "upkeep") == UPKEEP[item.rarity] for item in homes)


@by_gear
def test_gear_is_sold_for_oranges_and_bought_back_for_40_to_50_percent(item: PackItem) -> None:
    assert item.price_oranges > 0
    assert item.price_gems == 0
    assert Fraction(40, 100) <= Fraction(item.sell_price, item.price_oranges) <= Fraction(1, 2)
    assert item.tier is (PriceTier.PREMIUM if item.price_oranges >= 5_000 else PriceTier.BASIC)
    assert figure(item, "durability") == 100


def test_a_newcomer_can_buy_a_weapon_an_armor_and_a_home() -> None:
    kinds = (Category.WEAPON, Category.ARMOR, Category.HOUSING)
    assert sum(min(i.price_oranges for i in pieces(kind, Rarity.COMMON)) for kind in kinds) <= 5_000
    assert all(600 <= i.price_oranges <= 2_500 for k in kinds for i in pieces(k, Rarity.COMMON))


@by_business
def test_a_business_loses_nothing_at_its_worst(item: PackItem) -> None:
    """The least draw is a fifth below its revenue, and arrears take another fifth."""
    revenue, cost = figure(item, "revenue"), figure(item, "operating_cost")
    assert Fraction(5, 100) <= Fraction(cost, revenue) <= Fraction(20, 100)
    assert 64 * revenue // 100 > cost


@by_business
def test_a_business_pays_for_itself_within_days(item: PackItem) -> None:
    days = Fraction(item.price_oranges, figure(item, "revenue") - figure(item, "operating_cost"))
    assert 4 <= days <= (5 if item.rarity is Rarity.COMMON else 9)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_gear_has_at_least_six_drawings(kind: Category) -> None:
    drawings = {i.sprite.split("\n", 1)[1] for i in GEAR_ITEMS if i.category is kind}
    assert len(drawings) >= 6


# Achievements


def test_there_are_28_achievements_and_no_two_ask_for_the_same() -> None:
    assert len(PACK.achievements) == 28
    for field in ("name", "description", "emoji"):
        assert len({getattr(goal, field) for goal in PACK.achievements}) == 28
    assert len({(goal.condition, goal.threshold) for goal in PACK.achievements}) == 28
    assert len({goal.condition for goal in PACK.achievements}) >= 18


@pytest.mark.parametrize("what", ["bazaar_sales", "trades", "fusions", "collections"])
def test_what_players_do_with_each_other_and_with_sets_has_a_first_goal_and_a_far_one(
    what: str,
) -> None:
    near, far = [goal for goal in PACK.achievements if goal.condition == what]
    assert near.threshold == 1 < far.threshold
    assert near.oranges < far.oranges


@by_goal
def test_an_achievement_has_words_that_fit_a_screen_and_a_reward(goal: AchievementModel) -> None:
    assert 1 <= cell_len(goal.name) <= 24
    assert 1 <= len(goal.description) <= 60
    assert cell_len(goal.emoji) == 2
    assert goal.oranges or goal.gems or goal.item


@by_goal
def test_an_achievement_says_how_much_it_asks_for(goal: AchievementModel) -> None:
    if goal.condition is Condition.RANK:
        assert RANKS[goal.threshold][0] in goal.description
    else:
        said = WORDS.get(goal.threshold, f"{goal.threshold:,}")
        assert re.search(rf"\b{said}\b", goal.description, re.IGNORECASE)


def test_some_achievements_give_an_item_that_anyone_may_own() -> None:
    given = [ITEMS[goal.item] for goal in PACK.achievements if goal.item is not None]
    assert len(given) >= 3
    assert {item.category in GEAR for item in given} == {True, False}
    assert not any(item.details().get("default") for item in given)
    assert not any("stock_limit" in item.details() for item in given)


def test_nobody_starts_with_an_achievement() -> None:
    """Everybody wears the defaults and has the starting money."""
    for goal in PACK.achievements:
        if goal.condition == "slots_filled":
            assert len(DEFAULTED) < goal.threshold <= len(COSMETICS | GEAR)
        if goal.condition == "net_worth":
            assert goal.threshold > 5_000


# Neighbours


def test_there_are_eight_neighbours_with_names_and_faces_of_their_own() -> None:
    assert len(PACK.neighbours) == 8
    assert len({name_key(who.name) for who in PACK.neighbours}) == 8
    assert len({who.sprite.split("\n", 1)[1] for who in PACK.neighbours}) == 8
    assert len({who.nature.emoji for who in PACK.neighbours}) == 8


@by_neighbour
def test_a_neighbour_has_a_face_and_words_that_fit_a_screen(neighbour: PackNeighbour) -> None:
    nature = neighbour.nature
    face = parse(neighbour.sprite)
    assert (face.width, face.height) == (12, 12)
    assert 1 <= cell_len(neighbour.name) <= 24
    assert 1 <= len(nature.character) <= 120
    assert cell_len(nature.emoji) == 2
    assert len(set(nature.lines)) == len(nature.lines) >= 6
    assert max(len(line) for line in nature.lines) <= 60


def test_no_two_neighbours_say_the_same() -> None:
    lines = [line for who in PACK.neighbours for line in who.nature.lines]
    assert len(set(lines)) == len(lines)


@by_neighbour
def test_a_neighbour_wears_what_anyone_may_buy(neighbour: PackNeighbour) -> None:
    worn = [ITEMS[slug] for slug in neighbour.nature.wardrobe]
    assert {item.category for item in worn} <= COSMETICS
    assert len({item.category for item in worn}) == len(worn) >= 5
    for item in worn:
        assert not {"stock_limit", "available_from", "available_until"} & set(item.details())


@by_neighbour
def test_a_neighbour_has_gear_to_use_and_some_to_lose(neighbour: PackNeighbour) -> None:
    held = [ITEMS[slug] for slug in neighbour.nature.gear]
    kinds = Counter(item.category for item in held)
    assert set(kinds) <= GEAR
    assert {Category.WEAPON, Category.ARMOR} <= set(kinds)
    assert 1 <= len(held) - len(kinds) <= 3
    assert len({item.id for item in held}) == len(held)
    assert 1_500 <= neighbour.nature.oranges <= 40_000


def test_neighbours_differ_in_nature() -> None:
    natures = [who.nature for who in PACK.neighbours]
    assert min(n.mischief for n in natures) < 20 < 80 < max(n.mischief for n in natures)
    assert len({(n.friendliness, n.generosity, n.mischief) for n in natures}) == 8
    assert len({n.favourite_rarity for n in natures}) >= 4
