"""What the streets say and draw: remarks, verdicts, chances, a pointer that never lies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Size

from inventui.engine.streets.models import TargetView
from inventui.rules.cases.fairness import TICKETS
from inventui.rules.core.clock import HOUR, SECOND
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.streets.robbery import chance_parts, check_stake, succeeds
from inventui.rules.streets.shift_game import FULL, Flow, PourVerdict
from inventui.screens.streets.rob import question
from inventui.screens.streets.stand_picture import ROWS, Glass, Inks, Scene, stand_canvas
from inventui.screens.streets.stand_text import (
    LONG_RUN,
    REMARKS,
    Occasion,
    occasion_of,
    remark,
    run_after,
    verdict_words,
)
from inventui.screens.streets.targets import facts_lines
from inventui.screens.streets.text import (
    halved_words,
    loot_words,
    standing_words,
    sum_words,
    wait_words,
)
from inventui.screens.streets.ticket_bar import TicketBar, pointer_at
from inventui.widgets.canvas.appearance import DEFAULT
from inventui.widgets.colour import contrast

NOW = 1_795_197_600_000
PERFECT, SPILT, GOOD = PourVerdict.PERFECT, PourVerdict.SPILT, PourVerdict.GOOD
GROUNDS = ("#14100d", "#fbf5ea", "#000000", "#0a2529", "#310b18")


def a_target(**changes: object) -> TargetView:
    facts: dict[str, object] = {
        "name": "Zest", "neighbour": True, "oranges": 1_000, "bonus": 8, "defence": 5,
        "insurance": 12, "chance": 53, "parts": chance_parts(8, 5, "Peeler", "Vest"),
        "loot_least": 44, "loot_most": 132, "fine": 250, "refusal": None, "free_at": None,
        "sprite": "", "emoji": "🍋", "line": "", "halved": 0,
    }  # fmt: skip
    return TargetView(**{**facts, **changes})  # type: ignore[arg-type]


# The pointer


@given(st.integers(0, TICKETS - 1))
def test_the_pointer_comes_to_rest_on_its_ticket_whatever_it_did_before(ticket: int) -> None:
    assert pointer_at(ticket, 1.0) == pointer_at(ticket, 7.0) == ticket
    assert pointer_at(ticket, 0.0) == 0
    assert all(0 <= pointer_at(ticket, step / 50) < TICKETS for step in range(51))


@given(st.integers(-20_000, 20_000), st.integers(5, 95), st.integers(20, 120))
def test_at_rest_the_pointer_stands_over_what_came_true_however_narrowly(
    off: int, chance: int, width: int
) -> None:
    ticket = chance * TICKETS // 100 + off

    class Bar(TicketBar):
        size = Size(width, 3)  # type: ignore[assignment]

    bar = Bar(ticket, chance)
    bar.moment = 1.0
    above, below, _ = bar.render().plain.split("\n")
    assert (below[above.index("▼")] == "█") == succeeds(ticket, chance)
    assert len(below) == width


# Words


def test_every_chance_is_spelled_out_to_its_sum() -> None:
    assert sum_words(a_target()) == "50 % + 8 your Peeler − 5 their Vest = 53 %"
    plain = a_target(parts=chance_parts(0, 0), chance=50)
    assert sum_words(plain) == "50 %"


def test_a_time_to_wait_is_never_nothing() -> None:
    assert wait_words(17 * SECOND) == "17 s"
    assert wait_words(1) == wait_words(-5) == "1 s"


def test_a_standing_says_how_long_and_ends_by_itself() -> None:
    refusal = Refusal(Reason.TOO_SOON, "Later.")
    safe = a_target(refusal=refusal, free_at=NOW + HOUR)
    assert standing_words(a_target(), NOW) == "ready"
    assert standing_words(safe, NOW) == "safe for 1 h 00 min"
    assert standing_words(safe, NOW + HOUR) == "ready"
    assert standing_words(a_target(refusal=refusal), NOW) == "has too little"


def test_a_robber_without_a_stake_is_told_so_and_not_that_the_target_is_poor() -> None:
    assert standing_words(a_target(refusal=check_stake(150)), NOW) == "needs 200 at stake"


def test_what_was_robbed_within_a_day_says_why_it_yields_less() -> None:
    assert halved_words(a_target()) == ""
    for halved, words in ((1, "halved: robbed"), (3, "halved 3 times: robbed")):
        target = a_target(halved=halved, insurance=0)
        assert halved_words(target).startswith(words)
        facts = "\n".join(str(line) for line in facts_lines(target, NOW, 40, face=False))
        assert words in facts
        assert words in str(question(target))


def test_loot_is_a_range_or_one_sum() -> None:
    assert loot_words(a_target()) == "🍊 44–132"
    assert loot_words(a_target(loot_least=7, loot_most=7)) == "🍊 7"


@pytest.mark.parametrize("width", [34, 60])
@pytest.mark.parametrize("face", [True, False])
def test_facts_keep_within_their_width_and_say_everything(width: int, face: bool) -> None:
    target = a_target(name="W" * 40, line="word " * 30, sprite="a=#ffffff\naa\naa\n", oranges=10**9)
    lines = facts_lines(target, NOW, width, face=face)
    assert all(line.cell_length <= width for line in lines)
    text = "\n".join(line.plain for line in lines)
    assert all(words in text for words in ("53 %", "+8 %", "−5 %", "🍊 44–132", "12 %", "🍊 250"))


@pytest.mark.parametrize("occasion", Occasion)
def test_bigpulp_has_the_same_words_for_the_same_shift(occasion: Occasion) -> None:
    said = {remark(occasion, number, run=5) for number in range(len(REMARKS[occasion]))}
    assert len(said) == len(REMARKS[occasion])
    assert remark(occasion, 3, run=5) == remark(occasion, 3 + len(said), run=5)
    assert not any("{" in words for words in said)


@pytest.mark.parametrize(
    ("verdicts", "skill", "run", "occasion"),
    [
        ((PERFECT,) * 3, 100, 3, Occasion.MASTERLY),
        ((PERFECT,) * 3, 100, LONG_RUN, Occasion.RUN),
        ((PERFECT, SPILT, SPILT), 33, 0, Occasion.WET),
        ((PERFECT, GOOD, SPILT), 60, 0, Occasion.FINE),
        ((GOOD, GOOD, SPILT), 59, 0, Occasion.POOR),
        ((), 60, 0, Occasion.FINE),
        ((), 20, 0, Occasion.POOR),
    ],
)
def test_what_bigpulp_speaks_of_follows_from_the_pours(
    verdicts: tuple[PourVerdict, ...], skill: int, run: int, occasion: Occasion
) -> None:
    assert occasion_of(verdicts, skill, run) is occasion


def test_a_run_of_perfect_pours_goes_on_until_one_is_not() -> None:
    assert run_after(0, (PERFECT, PERFECT, PERFECT)) == 3
    assert run_after(3, (PERFECT, PERFECT, PERFECT)) == 6
    assert run_after(6, (PERFECT, GOOD, PERFECT)) == 1
    assert run_after(6, (PERFECT, PERFECT, SPILT)) == 0


@pytest.mark.parametrize("verdict", PourVerdict)
def test_a_verdict_fits_below_its_glass(verdict: PourVerdict) -> None:
    assert len(verdict_words(verdict, 99)) <= 10


# The picture


@pytest.mark.parametrize("ground", GROUNDS)
def test_what_is_written_can_be_read_on_every_ground(ground: str) -> None:
    inks = Inks.on(ground)
    for ink in (inks.plain, inks.faint, inks.accent, inks.good, inks.bad):
        assert contrast(ink, ground) >= 3


def drawn(level: int, *, line: int = 550, open: bool = False) -> list[str]:
    """The ten lines of a glass as text."""
    scene = Scene(glasses=(Glass(level, line, True, Flow.EVEN, open),))
    rows = [strip.text for strip in stand_canvas(scene, DEFAULT, "#14100d", 80, 17).strips()]
    first = next(y for y, row in enumerate(rows) if row[1] == "│")
    return [row[:12] for row in rows[first : first + ROWS]]


@given(st.integers(0, FULL))
def test_more_juice_is_never_drawn_lower(level: int) -> None:
    def height(level: int) -> int:
        # The line's own row shows the line where it is empty or full.
        rows = [row[2:10] for row in reversed(drawn(level)) if "▸" not in row]
        return sum(" ▁▂▃▄▅▆▇█".index(row[0]) for row in rows)

    assert height(level) <= height(min(FULL, level + 20))


def test_juice_at_the_line_stands_half_way_up_its_row() -> None:
    row = next(row for row in drawn(550) if "▸" in row)
    assert row == " ▸│▄▄▄▄▄▄▄▄│◂"[1:]


def test_the_line_is_seen_in_an_empty_glass_and_through_the_juice() -> None:
    for level in (0, FULL):
        assert next(row for row in drawn(level) if "▸" in row) == "▸│━━━━━━━━│◂"


def test_an_open_tap_is_seen_above_the_juice() -> None:
    assert "┃" in drawn(300, open=True)[0]
    assert "┃" not in drawn(300)[0]
