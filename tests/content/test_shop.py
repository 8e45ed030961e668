"""What is sold: a bundle holds what can be bought at any time, and its price is theirs."""

from pathlib import Path

import pytest

from inventui.content.loader import load_pack, pack_faults
from inventui.rules.inventory.wardrobe import DEFAULTED
from tests.content.pack_files import (
    HEAD,
    ITEMS,
    SPRITES,
    cosmetic,
    item,
    only_fault,
    places,
    table,
    write,
)

GOODS = "".join(
    [
        table(**cosmetic("frame", id="rim", name="Rim", price_oranges=400)),
        table(**cosmetic("title", id="tag", name="Tag", price_gems=3)),
        table(**cosmetic("frame", id="rare-rim", name="Rare Rim", price_gems=9, stock_limit=5)),
        table(**cosmetic(DEFAULTED[0], id="plain", name="Plain", tier="free", default=True)),
    ]
)


def bundle(*items: str, **fields: object) -> str:
    """A bundle of these items, changed by `fields`."""
    raw = {"id": "set", "name": "Set", "category": "bundle", "value": None, "discount": 20}
    return table(**item(**{**raw, "items": list(items), **fields}))


def bundle_faults(folder: Path, text: str) -> set[str]:
    """What the pack finds wrong with the items of a bundle among the goods."""
    faults = pack_faults(
        write(folder, pack=HEAD, sprites=SPRITES, items=ITEMS, goods=GOODS, set=text)
    )
    assert {(fault.file, fault.table, fault.field) for fault in faults} <= {
        ("set.toml", "items.set", "items")
    }
    return {fault.message for fault in faults}


def test_a_bundle_keeps_its_items_in_order_and_its_discount(tmp_path: Path) -> None:
    pack = load_pack(write(tmp_path, pack=HEAD, goods=GOODS, set=bundle("tag", "rim")))
    (found,) = pack.bundles
    assert found.details() == {"items": ["tag", "rim"], "discount": 20}


@pytest.mark.parametrize(
    ("items", "message"),
    [
        (["rim", "pop"], "there is no item 'pop'"),
        (["rim", "set"], "'set' is a bundle itself"),
        (["rim", "rim"], "rim is in it twice"),
        (["rim", "pip"], "'pip' is a collectible, which only cases drop"),
        (["rim", "plain"], "'plain' is a default, which everybody owns"),
        (["rim", "rare-rim"], "'rare-rim' is a limited edition, sold on its own"),
    ],
)
def test_a_bundle_holds_different_items_that_can_be_bought_any_time(
    tmp_path: Path, items: list[str], message: str
) -> None:
    assert bundle_faults(tmp_path / "bad", bundle(*items)) == {message}
    assert bundle_faults(tmp_path / "good", bundle("rim", "tag")) == set()


def test_a_bundle_names_each_item_that_it_can_not_hold(tmp_path: Path) -> None:
    text = bundle("pop", "set", "pip", "plain", "rare-rim", "tag", "pop", "B!")
    assert bundle_faults(tmp_path, text.replace(', "B!"', "")) == {
        "pop is in it twice",
        "there is no item 'pop'",
        "'set' is a bundle itself",
        "'pip' is a collectible, which only cases drop",
        "'plain' is a default, which everybody owns",
        "'rare-rim' is a limited edition, sold on its own",
    }


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"price_oranges": -1}, "price_oranges"),
        ({"rarity": "mythic"}, "rarity"),
        ({"style": "wobbly"}, "style"),
        ({"category": "hat"}, "category"),
        ({"id": "Not A Slug"}, "id"),
    ],
)
def test_to_hold_an_item_with_a_fault_is_no_second_fault(
    tmp_path: Path, wrong: dict[str, object], field: str
) -> None:
    broken = {**cosmetic("frame", id="bad", name="Bad"), **wrong}
    held = "bad" if broken["id"] == "bad" else "tag"
    fault = only_fault(tmp_path, goods=GOODS, bad=table(**broken), set=bundle("rim", held))
    assert (fault.file, fault.field) == ("bad.toml", field)


def test_a_fault_of_an_item_does_not_hide_that_no_bundle_may_hold_it(tmp_path: Path) -> None:
    bad = "".join(
        [
            table(
                **cosmetic("frame", id="a", name="A", style="wobbly", limited=True, stock_limit=0)
            ),
            table(**cosmetic(DEFAULTED[1], id="b", name="B", default=True, price_gems=-5)),
            bundle("rim", "gone", id="c", name="C", discount=0),
        ]
    )
    faults = pack_faults(
        write(tmp_path, pack=HEAD, goods=GOODS, bad=bad, set=bundle("a", "b", "c"))
    )
    assert places(faults) == {
        ("bad.toml", "items.a", "style"),
        ("bad.toml", "items.a", "stock_limit"),
        ("bad.toml", "items.b", "price_gems"),
        ("bad.toml", "items.b", "tier"),
        ("bad.toml", "items.c", "discount"),
        ("bad.toml", "items.c", "items"),
        ("set.toml", "items.set", "items"),
    }
    assert {fault.message for fault in faults if fault.file == "set.toml"} == {
        "'a' is a limited edition, sold on its own",
        "'b' is a default, which everybody owns",
        "'c' is a bundle itself",
    }


@pytest.mark.parametrize(
    ("fields", "faulty"),
    [
        ({"price_oranges": -1}, {"price_oranges"}),
        ({"price_gems": -1}, {"price_gems"}),
        ({"limited": True}, {"limited"}),
        (
            {"discount": 0, "price_oranges": -1, "limited": True},
            {"discount", "price_oranges", "limited"},
        ),
        ({"default": True}, {"default"}),
    ],
)
def test_a_bundle_has_no_negative_price_and_no_limit_without_figures(
    tmp_path: Path, fields: dict[str, object], faulty: set[str]
) -> None:
    faults = pack_faults(
        write(tmp_path, pack=HEAD, goods=GOODS, set=bundle("rim", "gone", **fields))
    )
    assert {fault.field for fault in faults} == faulty | {"items"}
