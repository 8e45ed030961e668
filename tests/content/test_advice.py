"""Advice about packs: each kind of hole is found, and a sound pack gets none."""

from fractions import Fraction
from pathlib import Path

import pytest

from inventui.content.advice import Advice, AdviceKind, advice
from inventui.content.check import check_pack
from inventui.content.fusing import best_returns
from inventui.content.loader import load_pack
from inventui.content.source import base_pack
from tests.content.pack_files import HEAD, SPRITES, table, write

CHANCES = {"common": 79, "uncommon": 15, "rare": 5, "epic": 0.8, "legendary": 0.2}
LADDER = {"common": 10, "uncommon": 60, "rare": 200, "epic": 1_000, "legendary": 5_000}


def thing(slug: str, **fields: object) -> str:
    base = {"id": slug, "name": slug.capitalize(), "sprite": "dot", "category": "collectible"}
    return table(**{**base, "rarity": "common", **fields})


def case(slug: str, price: int, **chances: float) -> str:
    entries = ", ".join(f"{{ item = '{item}', chance = {c} }}" for item, c in chances.items())
    return (
        f'[[cases]]\nid = "{slug}"\nname = "{slug}"\nprice = {price}\nsprite = "dot"\n'
        f"entries = [{entries}]\n"
    )


LADDER_ITEMS = "".join(thing(r, rarity=r, value=value) for r, value in LADDER.items())
LADDER_CASE = case("crate", 60, **CHANCES)


def advised(
    folder: Path, items: str = LADDER_ITEMS, cases: str = LADDER_CASE
) -> tuple[Advice, ...]:
    return advice(load_pack(write(folder, pack=HEAD, sprites=SPRITES, items=items, cases=cases)))


def kinds(found: tuple[Advice, ...]) -> list[tuple[str, str]]:
    return [(str(one.kind), one.subject) for one in found]


def gear(category: str, rarity: str = "common", **fields: object) -> str:
    return LADDER_ITEMS + thing("it", category=category, rarity=rarity, **fields)


def test_a_sound_pack_gets_no_advice(tmp_path: Path) -> None:
    assert advised(tmp_path) == ()


def test_the_base_pack_gets_no_advice_but_about_homes_whose_upkeep_is_above_what_they_save() -> (
    None
):
    assert {one.kind for one in advice(load_pack(base_pack()))} <= {AdviceKind.HOME}


def test_a_case_that_returns_590_percent_is_advised_against(tmp_path: Path) -> None:
    generous = case("crate", 10, **CHANCES)
    found = advised(tmp_path, cases=generous)
    assert kinds(found)[0] == ("return", "crate")
    assert "449 %" in found[0].message


def test_a_case_that_pays_only_to_who_fuses_is_advised_against(tmp_path: Path) -> None:
    fed = case("crate", 50, common=49, uncommon=45, rare=5, epic=0.8, legendary=0.2)
    # An uncommon thing of 6 is a fifth of a rare one of 300 less the fee of 75.
    rich = LADDER_ITEMS.replace("value = 200\n", "value = 300\n").replace("value = 60", "value = 6")
    found = advised(tmp_path, rich, fed)
    assert kinds(found) == [("fusing", "crate")]
    assert "81.2 % of its price, and up to 116.3 %" in found[0].message
    assert "of its own" in found[0].message


def test_what_pays_only_beside_a_dearer_case_is_advised_against(tmp_path: Path) -> None:
    items = LADDER_ITEMS.replace("value = 60\n", "value = 90\n") + "".join(
        thing(f"big-{rarity}", rarity=rarity, value=value * 100) for rarity, value in LADDER.items()
    )
    small = case("crate", 51, common=50, uncommon=50)
    big = case("vault", 6_000, **{f"big-{r}": chance for r, chance in CHANCES.items()})
    pack = load_pack(write(tmp_path, pack=HEAD, sprites=SPRITES, items=items, cases=small + big))
    alone, mixed = best_returns(pack, mixed=False), best_returns(pack, mixed=True)
    # The least fee of 50 is one for five things, of which the others may pay a larger one.
    assert alone["crate"] < 1 < mixed["crate"]
    assert alone["vault"] <= mixed["vault"] < 1
    (found,) = [one for one in advice(pack) if one.kind is AdviceKind.FUSING]
    assert found.subject == "crate"
    assert "of other cases" in found.message


def test_what_a_fusion_makes_is_worth_what_it_is_worth_fused_again(tmp_path: Path) -> None:
    steep = LADDER_ITEMS.replace("value = 5000\n", "value = 500000\n")
    pack = load_pack(write(tmp_path, pack=HEAD, sprites=SPRITES, items=steep, cases=LADDER_CASE))
    # 500,000 less a quarter is 375,000: 75,000 for an epic thing, which is worth 1,000 sold; a
    # fifth of that less a fee of 250 for a rare one, and so on; each step down costs its fee.
    epic = 75_000
    rare = Fraction(epic - 250, 5)
    uncommon = (rare - 50) / 5
    common = (uncommon - 50) / 5
    brings = (79 * common + 15 * uncommon + 5 * rare + Fraction("0.8") * epic + 100_000) / 100
    assert best_returns(pack, mixed=False)["crate"] == brings / 60


@pytest.mark.parametrize(("price", "sells"), [(100, 500), (100, 100)])
def test_what_is_sold_for_no_less_than_it_costs_is_advised_against(
    tmp_path: Path, price: int, sells: int
) -> None:
    items = gear("weapon", price_oranges=price, sell_price=sells, rob_bonus=2)
    assert kinds(advised(tmp_path, items)) == [("sell_price", "it")]


def test_a_bundle_that_undercuts_a_sell_price_is_advised_against(tmp_path: Path) -> None:
    armed = gear("weapon", price_oranges=100, sell_price=60, rob_bonus=2)
    armed += thing("hat", category="armor", price_oranges=90, sell_price=20, defence_bonus=2)
    bundle = thing("set", category="bundle", items=["it", "hat"], discount=39)
    assert advised(tmp_path / "a", armed + bundle) == ()
    found = advised(tmp_path / "b", armed + bundle.replace("39", "40"))
    assert kinds(found) == [("sell_price", "it")]
    assert "in a bundle" in found[0].message


def test_the_black_market_undercuts_the_sell_price_of_legendary_gear(tmp_path: Path) -> None:
    fields = {"price_oranges": 100_000, "sell_price": 76_000}
    found = advised(tmp_path / "a", gear("weapon", "legendary", rob_bonus=12, **fields))
    assert kinds(found) == [("sell_price", "it")]
    assert "black market" in found[0].message
    assert advised(tmp_path / "b", gear("weapon", "rare", rob_bonus=8, **fields)) == ()


def test_a_case_whose_rarities_lead_nowhere_is_advised_on(tmp_path: Path) -> None:
    found = advised(tmp_path, cases=LADDER_CASE + case("lost", 150, common=60, rare=39, epic=1))
    assert ("no_pool", "lost") in kinds(found)
    (one,) = [one for one in found if one.kind is AdviceKind.NO_POOL]
    assert "common and epic" in one.message
    assert "rare in" not in one.message


def test_a_case_of_one_entry_is_a_set_of_one_piece(tmp_path: Path) -> None:
    assert ("small_set", "lost") in kinds(
        advised(tmp_path, cases=LADDER_CASE + case("lost", 6_000, legendary=100))
    )


def test_a_set_whose_reward_is_above_what_completing_costs_is_advised_against(
    tmp_path: Path,
) -> None:
    cheap = case("crate", 14, common=95, uncommon=4, rare=1)
    found = advised(tmp_path, cases=cheap)
    assert ("set_reward", "crate") in kinds(found)
    # 105 openings in the mean, most of them for the rare one, each of which loses 0.1.
    assert "10.5 in the mean, and pays 100" in found[-1].message


def test_a_business_that_is_paid_back_within_a_day_is_advised_against(tmp_path: Path) -> None:
    fields = {"price_oranges": 2_000, "sell_price": 10, "operating_cost": 500}
    assert kinds(advised(tmp_path / "a", gear("business", revenue=2_500, **fields))) == [
        ("payback", "it")
    ]
    assert advised(tmp_path / "b", gear("business", revenue=2_499, **fields)) == ()


def test_a_home_that_never_pays_is_advised_against(tmp_path: Path) -> None:
    fields = {"price_oranges": 1_000, "sell_price": 10, "insurance": 12}
    # Rest brings 20 × 60 × 20 % = 240, and insurance 12 % of 50 a day.
    dear = gear("housing", "uncommon", upkeep=300, **fields)
    found = advised(tmp_path / "a", dear)
    assert kinds(found) == [("home", "it")]
    assert "240" in found[0].message
    common = {**fields, "insurance": 5}
    assert advised(tmp_path / "b", gear("housing", "common", upkeep=100, **common)) == ()


def test_what_has_no_sprite_is_named_but_for_what_is_worn(tmp_path: Path) -> None:
    items = LADDER_ITEMS.replace('sprite = "dot"\n', "", 4)
    found = advised(tmp_path, items, LADDER_CASE.replace('sprite = "dot"\n', ""))
    assert kinds(found) == [("sprite", "test")] * 2
    assert "1 case has no sprite: crate." in found[0].message
    assert "4 items have no sprite: common, uncommon, rare and 1 more" in found[1].message


def test_a_chance_that_is_rounded_by_more_than_a_hundredth_is_named(tmp_path: Path) -> None:
    def of(chance: str) -> tuple[Advice, ...]:
        text = case("crate", 60, **CHANCES)
        text = text.replace("chance = 0.2", f"chance = {chance}").replace(
            "chance = 79", "weight = 1"
        )
        return advised(tmp_path / chance, cases=text)

    assert kinds(of("0.00394")) == [("rounding", "crate")]
    assert "0.00394 % becomes 0.0039 %" in of("0.00394")[0].message
    assert of("0.00397") == ()


def test_a_pack_upon_the_base_pack_is_told_what_it_brings_alone(tmp_path: Path) -> None:
    cases = case("crate", 10, **CHANCES)
    own = write(tmp_path, pack=HEAD, sprites=SPRITES, items=LADDER_ITEMS, cases=cases)
    faults, found = check_pack(own)
    assert faults == ()
    assert ("return", "test:crate") in kinds(found)
    assert all(one.subject.startswith("test") for one in found)


def test_a_pack_with_faults_gets_no_advice(tmp_path: Path) -> None:
    faults, found = check_pack(write(tmp_path, pack=HEAD, cases=case("crate", 10, gone=100)))
    assert len(faults) == 2
    assert found == ()
