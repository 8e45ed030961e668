"""Loops: packs with each kind of hole, and the base pack, where the house itself leaves none."""

from pathlib import Path

import pytest

from inventui.content.loader import load_pack
from inventui.content.source import base_pack
from inventui.lab.loop_steps import ALTS, NEIGHBOURS, NO_LIMIT, ONCE, SHIFTS
from inventui.lab.loops import EarningLoop, find_loops

HEAD = '[pack]\nid = "holes"\nname = "Holes"\nversion = "1"\n'


def item(name: str, rarity: str, value: int, **fields: object) -> str:
    lines = [f'id = "{name}"', f'name = "{name}"', f'rarity = "{rarity}"']
    if fields.get("category") is None:
        lines += ['category = "collectible"', f"value = {value}"]
    lines += [f"{key} = {_toml(field)}" for key, field in fields.items()]
    return "[[items]]\n" + "\n".join(lines) + "\n"


def case(name: str, price: int, **chances: float) -> str:
    entries = ", ".join(f'{{ item = "{e}", chance = {c} }}' for e, c in chances.items())
    return f'[[cases]]\nid = "{name}"\nname = "{name}"\nprice = {price}\nentries = [{entries}]\n'


def _toml(value: object) -> str:
    return str(value) if isinstance(value, (int, list)) else f'"{value}"'


def loops(tmp_path: Path, *tables: str) -> list[EarningLoop]:
    path = tmp_path / "holes.toml"
    path.write_text(HEAD + "".join(tables), encoding="utf-8")
    return find_loops(load_pack(path))


def spoon(price: int, sell_price: int) -> str:
    fields = {"category": "weapon", "price_oranges": price, "sell_price": sell_price}
    return item("spoon", "common", 0, **fields, rob_bonus=2)


SOUND = (
    item("pip", "common", 50),
    item("gem", "uncommon", 200),
    case("crate", 100, pip=90, gem=10),
)


def test_a_sound_pack_has_no_loop(tmp_path: Path) -> None:
    assert loops(tmp_path, *SOUND, spoon(500, 300)) == []


def test_a_sell_price_above_the_price_is_a_loop(tmp_path: Path) -> None:
    (found,) = loops(tmp_path, *SOUND, spoon(100, 500))
    assert found.gain == 5
    assert found.steps == ("buy spoon for 100", "sell it to the house for 500")
    assert found.limit == NO_LIMIT


def test_a_case_that_returns_more_than_it_costs_is_a_loop(tmp_path: Path) -> None:
    found = loops(tmp_path, item("pip", "common", 590), case("crate", 100, pip=100))
    assert any(loop.gain == 5.9 and loop.steps[0] == "open crate for 100" for loop in found)


def test_a_discount_that_undercuts_a_sell_price_is_a_loop(tmp_path: Path) -> None:
    bundle = item("pair", "common", 0, category="bundle", items=["spoon", "cap"], discount=50)
    cap = item("cap", "common", 0, category="title", style="cap", price_oranges=100)
    bundle = bundle.replace("['spoon', 'cap']", '["spoon", "cap"]')
    (found,) = loops(tmp_path, *SOUND, spoon(500, 300), cap, bundle)
    assert found.gain == pytest.approx(300 / 250)
    assert "in pair" in found.steps[0]


def test_a_donut_that_costs_less_than_a_shift_pays_more_for_it_is_a_loop(tmp_path: Path) -> None:
    fields = {"category": "consumable", "kind": "donut", "uses": 2}
    dear = item("donut", "common", 0, **fields, price_oranges=120)
    assert loops(tmp_path, *SOUND, dear) == []
    (found,) = loops(tmp_path, *SOUND, item("donut", "common", 0, **fields, price_oranges=60))
    assert found.gain == 2
    assert (found.steps[1], found.limit) == ("eat it before 2 shifts", SHIFTS)


def test_fusing_what_is_cheap_can_be_a_loop(tmp_path: Path) -> None:
    found = loops(
        tmp_path,
        item("pip", "common", 50),
        item("gem", "uncommon", 2_000),
        case("crate", 100, pip=98, gem=2),
    )
    assert any(loop.gain > 2 and "fuse" in loop.steps[1] for loop in found)


def test_a_set_whose_reward_is_more_than_its_pieces_cost_is_a_loop(tmp_path: Path) -> None:
    pieces = [item("pip", "common", 90), item("pop", "common", 90)]
    found = loops(tmp_path, *pieces, case("crate", 100, pip=50, pop=50))
    assert [loop.limit for loop in found] == [ONCE]
    assert found[0].gain == pytest.approx((3 * 90 + 100) / 300, rel=1e-3)


def test_a_case_of_what_leads_nowhere_would_fill_the_bench_if_a_rule_let_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hole = (
        item("pip", "common", 45),
        item("gem", "uncommon", 900),
        case("crate", 300, pip=99, gem=1),
        item("orange", "common", 1),
        case("fillers", 1, orange=100),
    )
    assert [loop.limit for loop in loops(tmp_path, *hole)] == [ONCE]
    monkeypatch.setattr("inventui.lab.loops.check_fuse", lambda *_: None)
    filled = [loop for loop in loops(tmp_path, *hole) if "open fillers for 1" in loop.steps]
    assert filled[0].gain > 2


def test_neighbours_who_ask_less_than_the_house_pays_are_a_loop(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pack = load_pack(base_pack())
    monkeypatch.setattr("inventui.rules.npc.bazaar_period.ASK_LEAST", 50)
    found = find_loops(pack)
    assert found[0].limit == NEIGHBOURS
    assert found[0].gain > 1.9
    assert "of a neighbour" in found[0].steps[0]


def test_players_who_can_be_added_at_will_are_a_loop() -> None:
    found = find_loops(load_pack(base_pack()), neighbours=False, alts=True)
    assert [loop.limit for loop in found] == [ALTS]


def test_the_base_pack_has_no_loop() -> None:
    pack = load_pack(base_pack())
    assert find_loops(pack) == []
    assert find_loops(pack, neighbours=False) == []


@pytest.mark.parametrize(
    ("number", "usual"),
    [
        ("bazaar_period.ASK_LEAST", 85),
        ("bazaar_period.WILL_MOST", 90),
        ("bazaar_period.TASTE_WILL", 25),
        ("valuation.TASTE_MORE", 25),
        ("valuation.SHARE_MOST", 100),
        ("valuation.OWN_SHARE", 90),
        ("bazaar_period.OFFER_MOST", 125),
    ],
)
def test_what_neighbours_ask_and_pay_keeps_loops_from_earning(
    number: str, usual: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"inventui.rules.npc.{number}", usual)
    assert find_loops(load_pack(base_pack())) != []
