"""Whole economies: the same for a seed, measured, and played with other numbers."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from inventui.content.loader import load_pack
from inventui.content.numbers import changed
from inventui.content.source import base_pack
from inventui.lab.economy import EconomySetting, play_economies
from inventui.lab.measure import at_percent, differences, measure
from inventui.lab.personas.model import PersonaAction
from inventui.lab.plots import Curve, plot
from inventui.lab.report import gini
from inventui.lab.study import Study, read_study
from inventui.rules import property
from inventui.rules.core.enums import Rarity
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.numbers import changeable, check_numbers
from inventui.rules.streets import shifts
from tests.lab.side_by_side import personas

SETTING = EconomySetting((base_pack(),), personas(), 10, "abc")


def test_the_same_seed_plays_the_same_in_one_process_or_two() -> None:
    one = play_economies(SETTING, 2, 1)
    assert play_economies(SETTING, 2, 2) == one
    assert play_economies(replace(SETTING, seed="abd"), 1, 1) != one[:1]


def test_what_came_in_less_what_went_out_is_what_everybody_has() -> None:
    (played,) = play_economies(SETTING, 1, 1)
    came = sum(sum(day.values()) for day in played.faucets)
    went = sum(sum(day.values()) for day in played.sinks)
    neighbours = sum(one.nature.oranges for one in load_pack(base_pack()).neighbours)
    assert 0 < came - went - played.supply[-1] < 3 * neighbours


def test_a_persona_is_measured_in_bands_tiers_and_flows() -> None:
    figures = measure(play_economies(SETTING, 2, 1), "abc")
    assert (figures.rolls, figures.days) == (2, 10)
    for persona in figures.personas:
        assert len(persona.bands) == 10
        assert all(low <= middle <= high for low, middle, high in persona.bands)
        assert all(0 < tier.share <= 1 for tier in persona.tiers)
    assert any(tier.tier == "Associate" for p in figures.personas for tier in p.tiers)
    assert figures.ratio_later is not None
    assert len(figures.inflation) == 1
    assert figures.faucets["play"] > 0
    assert figures.gems["rank_up"] > 0 > figures.gems["reroll"]
    assert len(figures.prices) == 2
    assert all(price is None or 50 < price < 200 for price in figures.prices)
    assert any(figures.prices)


def test_the_gini_coefficient_is_0_where_all_have_the_same() -> None:
    assert gini([5, 5, 5, 5]) == pytest.approx(0)
    assert gini([0, 0, 0, 8]) == pytest.approx(0.75)
    assert gini([1, 3]) == pytest.approx(0.25)
    assert gini([]) == gini([0, 0]) == 0


def test_percentiles_are_figures_that_were_seen() -> None:
    figures = [*range(1, 11)]
    assert [at_percent(figures, percent) for percent in (10, 50, 90, 100)] == [1, 5, 9, 10]


def test_numbers_are_changed_for_a_while_and_put_back() -> None:
    before = changeable()
    with changed({"shifts.shift_most": 220, "property.rest.rare": 99}):
        assert shifts.shift_pay(100, fed=False, rest=0) == 220
        assert property.REST[Rarity.RARE] == 99
        assert changeable() != before
        assert changeable()["property.rest.rare"] == 99
    assert changeable() == before


def test_numbers_of_trading_change_what_is_traded() -> None:
    usual = play_economies(SETTING, 1, 1)
    for numbers in (
        (("traders.ask_least", 20), ("traders.ask_most", 30)),
        (("bazaar.fee_percent", 90),),
    ):
        (changed_,) = play_economies(replace(SETTING, numbers=numbers), 1, 1)
        fees = [sum(day.get("bazaar_fee", 0) for day in run.sinks) for run in (*usual, changed_)]
        assert fees[0] != fees[1], numbers


def test_a_number_that_is_not_there_or_makes_no_sense_is_refused() -> None:
    for wanted in (
        {"shifts.luck": 3.0},
        {"shifts.shift_most": 1.5},
        {"shifts.shift_most": -1.0},
        {"shifts.mean_skill": 0.0},
        {"money.oranges_per_experience": 0.0},
        {"property.spread": 101.0},
        {"neighbours.pay_most": 10.0**10},
        {"neighbours.pay_most": float("inf")},
        {"neighbours.pay_most": float("nan")},
    ):
        refusal = check_numbers(wanted)
        assert refusal is not None
        assert refusal.reason is Reason.INVALID_AMOUNT
    assert check_numbers({"shifts.shift_most": 100.0}) is None


def test_the_least_of_something_is_refused_above_the_most_of_it() -> None:
    study = Study(2, 1, "abc", None, (base_pack(),))
    for vary in (("traders.ask_least=0..500",), ("robbery.most_fine=9",)):
        refusal = read_study(replace(study, vary=vary))
        assert isinstance(refusal, Refusal), vary
        assert refusal.reason is Reason.INVALID_AMOUNT
    vary = ("traders.ask_least=0..500", "traders.ask_most=600")
    assert not isinstance(read_study(replace(study, vary=vary)), Refusal)


def test_better_pay_makes_more_wealth_with_the_same_seeds() -> None:
    honest = SETTING.personas[0].model_copy(update={"actions": (PersonaAction.SHIFTS,)})
    usual = replace(SETTING, personas=(honest,))
    paid = replace(usual, numbers=(("shifts.shift_most", 600),))
    found = differences(play_economies(usual, 3, 1), play_economies(paid, 3, 1))
    assert found[0].what == "wealth of worker"
    least, most = found[0].least, found[0].most
    assert least is not None
    assert most is not None
    assert 0 < least < found[0].mean < most


def ended(*supplies: float) -> list[Any]:
    return [SimpleNamespace(wealth={}, gini=[0.0], supply=[supply]) for supply in supplies]


def test_an_interval_is_that_of_students_t_and_one_run_has_none() -> None:
    (_, supply) = differences(ended(0, 0, 0), ended(1, 2, 3))
    assert (supply.what, supply.mean) == ("supply", 2)
    assert supply.least == pytest.approx(2 - 4.303 / 3**0.5)
    assert supply.most == pytest.approx(2 + 4.303 / 3**0.5)
    (_, alone) = differences(ended(0), ended(5))
    assert (alone.mean, alone.least, alone.most) == (5, None, None)
    (_, many) = differences(ended(*[0] * 101), ended(*range(101)))
    # The standard error of 0 … 100 is 29.3 over the root of 101, and t of 100 degrees 1.984.
    assert many.least == pytest.approx(50 - 1.984 * 29.3002 / 101**0.5, rel=1e-3)


def test_a_plot_draws_each_curve_with_its_band() -> None:
    drawn = plot("Wealth <b>", [Curve("ana", [1, 2, 3], [0, 1, 1], [2, 4, 9])], "oranges")
    assert drawn.count("<polyline") == 1
    assert drawn.count("<polygon") == 1
    assert "Wealth &lt;b&gt;" in drawn
    assert plot("Nothing", [], "").startswith("<svg")
