"""A shift counts as soon as its first tap opens, whatever becomes of who pours."""

import os
import signal
from pathlib import Path

from inventui.engine.streets.models import ShiftBegun, ShiftPaid
from inventui.engine.world import PlayerHandle
from inventui.rules.core.clock import FrozenClock
from inventui.rules.core.refusal import Reason
from inventui.rules.streets.shifts import SHIFT_PAUSE, ShiftStyle
from tests.builders import NOW, TOWN_PACK, a_player, a_world, audited, contents, done, refused
from tests.engine.killed_programs import started


def begin_and_die(path: Path) -> None:
    """Open the first tap, and be killed as it runs."""
    ana = done(a_world(path, clock=FrozenClock(NOW), pack=TOWN_PACK).player("ana"), PlayerHandle)
    done(ana.streets.begin(), ShiftBegun)
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_shift_whose_program_is_killed_counts_and_the_next_has_other_glasses(
    tmp_path: Path,
) -> None:
    path, clock = tmp_path / "world.db", FrozenClock(NOW)
    with a_world(path, clock=clock, pack=TOWN_PACK) as world:
        a_player(world, "ana")
    victim = started(begin_and_die, path)
    victim.join()
    assert victim.exitcode == -signal.SIGKILL
    with a_world(path, clock=clock, pack=TOWN_PACK) as world:
        streets = done(world.player("ana"), PlayerHandle).streets
        assert (streets.view().abandoned, streets.view().shift_number) == (True, 1)
        before = contents(world)
        refused(streets.begin(), Reason.TOO_SOON)
        assert contents(world) == before
        paid = done(streets.play(100), ShiftPaid)
        assert (paid.abandoned, paid.skill, paid.number, paid.pay) == (True, 0, 1, 20)
        assert (streets.view().abandoned, streets.view().shift_number) == (False, 2)
        refused(streets.begin(), Reason.TOO_SOON)
        clock.advance(SHIFT_PAUSE)
        done(streets.begin("mine"), ShiftBegun)
        assert done(streets.play(90, begun="mine"), ShiftPaid).skill == 90
        audited(world)


def test_a_shift_by_choice_comes_after_the_one_that_was_left(tmp_path: Path) -> None:
    with a_world(tmp_path / "world.db", pack=TOWN_PACK) as world:
        ana = a_player(world, "ana")
        done(ana.streets.begin(), ShiftBegun)
        paid = done(ana.streets.play(ShiftStyle.BOLD), ShiftPaid)
        assert (paid.abandoned, paid.skill) == (True, 0)
        audited(world)


def test_a_shift_that_ends_before_it_could_be_begun_counts_once(tmp_path: Path) -> None:
    with a_world(tmp_path / "world.db", pack=TOWN_PACK) as world:
        ana = a_player(world, "ana")
        assert done(ana.streets.play(70, begun="late"), ShiftPaid).skill == 70
        before = contents(world)
        refused(ana.streets.begin("late"), Reason.TOO_SOON)
        assert contents(world) == before
        audited(world)


def test_forty_shifts_a_day_are_begun_and_no_more(tmp_path: Path) -> None:
    clock = FrozenClock(NOW)
    with a_world(tmp_path / "world.db", clock=clock, pack=TOWN_PACK) as world:
        ana = a_player(world, "ana")
        for number in range(40):
            done(ana.streets.begin(f"k{number}"), ShiftBegun)
            done(ana.streets.play(1, begun=f"k{number}"), ShiftPaid)
            clock.advance(SHIFT_PAUSE)
        refused(ana.streets.begin(), Reason.TOO_OFTEN)
