"""The base pack: what the game ships with keeps its promises."""

import re
from fractions import Fraction

import pytest
from rich.cells import cell_len

from inventui.content.loader import Pack, load_pack
from inventui.content.pack import PackCase, PackItem
from inventui.content.source import base_pack
from inventui.rules.cases.fairness import TICKETS
from inventui.rules.core.categories import COSMETICS, Category
from inventui.rules.core.enums import Rarity
from inventui.rules.core.sprite import parse
from inventui.rules.core.text import is_hidden
from inventui.rules.workshop import INPUTS, fusion_fee, next_rarity

PACK: Pack = load_pack(base_pack())
CASES = [pytest.param(case, id=case.id) for case in PACK.cases]
COLLECTIBLES = [item for item in PACK.items if item.category is Category.COLLECTIBLE]
ITEMS = [pytest.param(item, id=item.id) for item in PACK.items]


def share(case: PackCase, rarity: Rarity) -> Fraction:
    """The chance of a rarity, in percent."""
    return Fraction(sum(e.parts for e in case.entries if e.rarity is rarity), 10_000)


def test_there_are_enough_cases_and_collectibles() -> None:
    assert len(PACK.cases) >= 6
    assert len(COLLECTIBLES) >= 100


def test_prices_rise_from_150_to_10_000() -> None:
    prices = [case.price for case in PACK.cases]
    assert prices == sorted(set(prices))
    assert (prices[0], prices[-1]) == (150, 10_000)


@pytest.mark.parametrize("case", CASES)
def test_a_case_has_ten_to_eighteen_entries_and_a_picture(case: PackCase) -> None:
    assert 10 <= len(case.entries) <= 18
    assert case.description
    assert case.sprite
    assert len(case.sprites) == len(case.emoji) == len(case.entries)


@pytest.mark.parametrize("case", CASES)
def test_a_case_gives_back_between_80_and_97_percent(case: PackCase) -> None:
    odds = case.odds_table()
    assert odds.faults() == []
    assert Fraction(80, 100) <= odds.return_to_player <= Fraction(97, 100)
    assert Fraction(8, 100) <= odds.chance_of_profit <= Fraction(35, 100)


@pytest.mark.parametrize("case", CASES)
def test_a_case_has_every_rarity_in_its_measure(case: PackCase) -> None:
    assert Fraction("0.1") <= share(case, Rarity.LEGENDARY) <= Fraction("0.5")
    assert Fraction("0.5") <= share(case, Rarity.EPIC) <= 2
    assert 3 <= share(case, Rarity.RARE) <= 6
    assert 12 <= share(case, Rarity.UNCOMMON) <= 20
    assert share(case, Rarity.COMMON) > 60


@pytest.mark.parametrize("case", CASES)
def test_what_is_rarer_is_worth_more(case: PackCase) -> None:
    values = {rarity: [e.value for e in case.entries if e.rarity is rarity] for rarity in Rarity}
    for lower, higher in zip(list(Rarity), list(Rarity)[1:], strict=False):
        assert max(values[lower]) < min(values[higher])


@pytest.mark.parametrize("case", CASES)
def test_the_top_prize_is_worth_wanting(case: PackCase) -> None:
    best = case.odds_table().best
    assert best.rarity is Rarity.LEGENDARY
    assert best.value >= 50 * case.price


def test_every_collectible_can_be_won() -> None:
    won = {entry.item for case in PACK.cases for entry in case.entries}
    assert {item.id for item in COLLECTIBLES} == won


def test_no_two_things_have_the_same_name_or_words() -> None:
    for words in ("name", "description", "flavour"):
        texts = [getattr(item, words) for item in PACK.items]
        assert len(set(texts)) == len(texts)
    names = [case.name for case in PACK.cases]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("item", ITEMS)
def test_an_item_has_words_that_fit_a_screen(item: PackItem) -> None:
    assert 1 <= cell_len(item.name) <= 24
    assert 1 <= len(item.description) <= 120
    assert 1 <= len(item.flavour) <= 80
    for text in (item.name, item.description, item.flavour):
        assert not any(is_hidden(character) for character in text)


@pytest.mark.parametrize("item", ITEMS)
def test_an_item_has_one_emoji_that_is_two_cells_wide_everywhere(item: PackItem) -> None:
    assert len(item.emoji) == 1
    assert cell_len(item.emoji) == 2


def test_only_what_is_worn_goes_without_a_picture() -> None:
    """What is worn is shown by the card that wears it."""
    assert {item.category for item in PACK.items if not item.sprite} <= COSMETICS


def test_every_sprite_is_twelve_by_twelve_and_painted() -> None:
    texts = [item.sprite for item in PACK.items] + [case.sprite for case in PACK.cases]
    for text in filter(None, texts):
        sprite = parse(text)
        assert (sprite.width, sprite.height) == (12, 12)
        assert sum(pixel is not None for row in sprite.rows for pixel in row) >= 20


def test_there_are_many_pictures_and_no_two_things_look_alike() -> None:
    drawings = {item.sprite.split("\n", 1)[1] for item in PACK.items if item.sprite}
    assert len(drawings) >= 45
    pictures = [parse(item.sprite) for item in PACK.items if item.sprite]
    pictures += [parse(case.sprite) for case in PACK.cases]
    assert len(set(pictures)) == len(pictures)


def test_every_drawing_is_used() -> None:
    used, drawn = set(), set()
    for file in base_pack().glob("*.toml"):
        text = file.read_text(encoding="utf-8")
        used |= set(re.findall(r'^sprite = "(.+)"$', text, re.MULTILINE))
        drawn |= set(re.findall(r'^([a-z-]+) = """$', text, re.MULTILINE))
    assert drawn == used


@pytest.mark.parametrize("case", CASES)
def test_no_case_brings_more_than_it_costs_to_who_fuses_as_well_as_can_be(case: PackCase) -> None:
    """A thing is worth what the house pays, or a fifth of what a fusion brings less its fee."""
    table = case.odds_table()
    worth: dict[str, Fraction] = {}
    for rarity in sorted(Rarity, key=lambda rarity: -rarity.rank):
        entries = [entry for entry in table.entries if entry.rarity is rarity]
        pool = [entry for entry in table.entries if entry.rarity is next_rarity(rarity)]
        share = Fraction(0)
        if pool:
            total = sum(entry.parts for entry in pool)
            fee = fusion_fee(Fraction(sum(e.value * e.parts for e in pool), total))
            share = (sum(worth[e.item] * e.parts for e in pool) / total - fee) / INPUTS
        worth |= {entry.item: max(Fraction(entry.value), share) for entry in entries}
    brings = sum(worth[entry.item] * entry.parts for entry in table.entries) / TICKETS
    assert brings < table.price
