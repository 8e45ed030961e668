"""The reel: it always comes to rest on what was won, and what passes is honest."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from inventui.engine.core.models import CaseDetail
from inventui.engine.world import World
from inventui.rules.cases.fairness import TICKETS
from inventui.rules.cases.odds import OddsEntry, OddsTable
from inventui.rules.core.chi_square import chi_square, chi_square_p
from inventui.rules.core.enums import Rarity
from inventui.widgets.items.card import face_of
from inventui.widgets.items.reel import (
    FRAMES_A_SECOND,
    HOLD_SECONDS,
    MARGIN,
    SPIN_SECONDS,
    TRAVEL,
    Reel,
    ReelPlan,
    plan_reel,
)
from inventui.widgets.theme import NIGHT_MARKET
from tests.worlds.openings import case_of, roll_of

PARTS = (380_000, 219_200, 160_000, 109_800, 60_000, 30_000, 22_000, 10_000, 6_400, 2_600)


def a_case(widest: int = 12) -> CaseDetail:
    """Ten entries, one sprite of a given width."""
    rarities = [*Rarity, *Rarity]
    entries = tuple(
        OddsEntry(f"Thing {i}", 10 * i, rarities[i], parts, f"thing-{i}")
        for i, parts in enumerate(PARTS)
    )
    sprite = "a=#ff9a2e\n" + "\n".join(["a" * widest] * 12)
    return CaseDetail(
        id="crate",
        name="Crate",
        description="",
        price=150,
        sprite=sprite,
        odds=OddsTable("crate", 150, entries),
        sprites=(sprite, *[""] * (len(PARTS) - 1)),
        emoji=("🍊",) * len(PARTS),
    )


CASE = a_case()


class Stage(App[None]):
    """Nothing but a reel."""

    def compose(self) -> ComposeResult:
        yield Reel()

    def on_mount(self) -> None:
        self.register_theme(NIGHT_MARKET)
        self.theme = NIGHT_MARKET.name


def test_the_winning_card_is_under_the_pointer_at_the_end(trust: bool) -> None:
    @settings(max_examples=500 if trust else 100)
    @given(
        st.integers(0, len(PARTS) - 1),
        st.integers(0, TICKETS - 1),
        st.integers(0, 10**9),
        st.integers(14, 18),
    )
    def it_is_under_the_pointer(index: int, into: int, nonce: int, width: int) -> None:
        plan = plan_reel(roll_of(CASE, index, nonce, into), CASE)
        reel = Reel()
        reel.plan, reel.card = plan, replace(reel.card, width=width)
        reel.position = plan.column(SPIN_SECONDS, width)
        assert reel.entry_under_pointer() == index
        column = reel.position % (width + 1)
        assert 1 <= column <= width - 2, "the pointer must not stand on a card's edge"

    it_is_under_the_pointer()


def test_it_loses_speed_all_the_way_and_never_turns_back(trust: bool) -> None:
    frames = int(SPIN_SECONDS * FRAMES_A_SECOND) + 10
    leans = [0, TICKETS // 3, TICKETS - 1]
    if trust:
        leans += range(1, TICKETS, TICKETS // 100)
    for lean, width in product(leans, range(14, 19)):
        plan = ReelPlan((0,), 0, lean)
        columns = [plan.column(i / FRAMES_A_SECOND, width) for i in range(frames)]
        steps = [after - before for before, after in pairwise(columns)]
        assert min(steps) >= 0
        # A column is the smallest step: rounding may let one frame be a column faster.
        assert all(after <= before + 1 for before, after in pairwise(steps))
        assert max(steps) <= steps[0] + 1
        assert 2 * max(steps) <= width + 2, "half a card in a frame, or the eye sees it turn back"
        assert columns[-1] == plan.stop(width)


def test_the_last_card_takes_a_third_of_the_time() -> None:
    plan = ReelPlan((0,), 0, TICKETS // 2)
    last_card = plan.stop(14) - 15
    assert plan.column(SPIN_SECONDS * 0.6, 14) < last_card
    assert plan.column(SPIN_SECONDS * 0.7, 14) > last_card


def test_the_whole_play_lasts_at_most_three_seconds() -> None:
    assert SPIN_SECONDS + HOLD_SECONDS <= 3


def test_where_it_stops_within_the_card_differs_from_roll_to_roll() -> None:
    stops = {plan_reel(roll_of(CASE, 0, nonce), CASE).stop(14) for nonce in range(200)}
    assert len(stops) == 12


def test_the_same_roll_gives_the_same_reel_and_another_roll_another() -> None:
    roll = roll_of(CASE, 3)
    assert plan_reel(roll, CASE) == plan_reel(roll, CASE)
    others = (
        replace(roll, nonce=roll.nonce + 1),
        replace(roll, ticket=roll.ticket + 1),
        replace(roll, server_seed_hash="0" * 64),
    )
    assert all(plan_reel(other, CASE).fillers != plan_reel(roll, CASE).fillers for other in others)


def test_what_passes_by_follows_the_published_odds() -> None:
    seen: Counter[int] = Counter()
    beside: Counter[int] = Counter()
    for nonce in range(2_000):
        plan = plan_reel(roll_of(CASE, nonce % len(PARTS), nonce), CASE)
        seen.update(plan.fillers)
        beside.update([plan.entry(TRAVEL - 1), plan.entry(TRAVEL + 1)])
    for counts in (seen, beside):
        total = sum(counts.values())
        expected = [total * parts / TICKETS for parts in PARTS]
        statistic = chi_square([counts[i] for i in range(len(PARTS))], expected)
        assert chi_square_p(statistic, len(PARTS) - 1) > 0.001


async def won_player_item_is_drawn(size: tuple[int, int], world: World, nonces: range) -> None:
    """Fail where another thing than the won one stands in the middle at the end."""
    case = case_of(world)
    app = Stage()
    async with app.run_test(size=size):
        reel = app.query_one(Reel)
        for index, entry in enumerate(case.odds.entries):
            for nonce in nonces:
                roll = roll_of(case, index, nonce, 1_000 * nonce)
                reel.load(plan_reel(roll, case), case, face_of(case, roll))
                reel.show_at(SPIN_SECONDS)
                await app.animator.wait_until_complete()
                first = reel.size.width // 2 - reel.position % (reel.card.width + 1)
                *names, band = (
                    reel.render_line(MARGIN + line).text[first : first + reel.card.width].strip()
                    for line in range(reel.card.picture, reel.card.height)
                )
                assert " ".join(names).strip() == entry.name
                assert band.endswith(f"{entry.value:,}")


async def test_what_is_drawn_in_the_middle_at_the_end_is_the_won_thing(world: World) -> None:
    for size in ((60, 20), (80, 24), (120, 40)):
        await won_player_item_is_drawn(size, world, range(0, 12, 6))


@pytest.mark.trust
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 50)])
async def test_of_many_rolls_the_won_thing_is_drawn_in_the_middle(
    size: tuple[int, int], world: World
) -> None:
    await won_player_item_is_drawn(size, world, range(12))


async def test_every_line_of_every_moment_fills_the_reel_exactly(trust: bool) -> None:
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        reel = app.query_one(Reel)
        roll = roll_of(CASE, 2)
        for width in (60, 79, 80, 105, 160):
            await pilot.resize_terminal(width, 24)
            reel.load(plan_reel(roll, CASE), CASE, face_of(CASE, roll))
            await pilot.pause()
            assert reel.size.width <= 7 * 15
            for frame in (0, 1, 2, *range(3, 90, 3 if trust else 9), 89):
                reel.show_at(frame / FRAMES_A_SECOND)
                for y in range(reel.size.height):
                    strip = reel.render_line(y)
                    assert strip.cell_length == reel.size.width
                    assert sum(segment.cell_length for segment in strip) == reel.size.width


async def test_a_wide_sprite_makes_the_cards_wider_and_is_not_cut() -> None:
    case = a_case(widest=16)
    app = Stage()
    async with app.run_test(size=(80, 24)):
        reel = app.query_one(Reel)
        roll = roll_of(case, 0)
        reel.load(plan_reel(roll, case), case, face_of(case, roll))
        assert reel.card.width == 18


async def test_a_roll_of_an_older_odds_table_still_ends_on_what_it_won() -> None:
    roll = replace(roll_of(CASE, 9), odds_hash="0" * 64, entry="Gone Thing", entry_index=99)
    app = Stage()
    async with app.run_test(size=(80, 24)):
        reel = app.query_one(Reel)
        reel.load(plan_reel(roll, CASE), CASE, face_of(CASE, roll))
        reel.show_at(SPIN_SECONDS)
        line = reel.render_line(MARGIN + reel.card.picture).text
        assert "Gone Thing" in line
