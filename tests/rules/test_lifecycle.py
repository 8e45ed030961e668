"""The life of a player item: every line of the table, and nothing that is not a line."""

import pytest

from inventui.rules.core.enums import Event, Status
from inventui.rules.core.lifecycle import (
    ENDS,
    ESCROW_ROOM,
    GEAR_ROOM,
    HELD,
    LOCK_FORBIDS,
    TRANSITIONS,
    UNDOING,
    advance,
    legal_events,
)

# SPEC §3, typed again from the page: one line a row, `–` for no status yet.
TABLE = """
–         acquire    owned
–         drop       escrowed
escrowed  claim      owned
escrowed  expire     expired     end
owned     equip      equipped
equipped  unequip    owned
owned     sell       sold        end
owned     withdraw   withdrawn   end
owned     gift       gifted      end
owned     use_up     consumed    end
owned     list       listed
listed    delist     owned
listed    sell       sold        end
owned     offer      offered
offered   take_back  owned
offered   trade      traded      end
owned     fuse       fused       end
owned     steal      stolen      end
owned     break      destroyed   end
equipped  break      destroyed   end
equipped  evict      destroyed   end
owned     discard    destroyed   end
sold      undo       owned
destroyed undo       owned
gifted    undo       owned
owned     return     returned    end
escrowed  return     returned    end
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]
LINES = {(None if row[0] == "–" else row[0], row[1]): row[2] for row in ROWS}
ENDED = {row[2] for row in ROWS if row[3:] == ["end"]}
UNDONE = {"undo", "return"}
LOCKED = {"sell", "fuse", "list", "offer", "gift", "withdraw", "discard"}

STARTS = [None, *Status]
PAIRS = [(start, event) for start in STARTS for event in Event]


def test_the_table_has_exactly_the_lines_of_the_law() -> None:
    found = {(s and str(s), str(e)): str(end) for (s, e), end in TRANSITIONS.items()}
    assert found == LINES
    assert len(TRANSITIONS) == len(ROWS) == 27


def test_every_status_and_event_of_the_law_has_its_word() -> None:
    assert {str(event) for event in Event} == {row[1] for row in ROWS}
    assert {str(status) for status in Status} == {row[2] for row in ROWS}


@pytest.mark.parametrize(("start", "event"), PAIRS)
def test_a_pair_leads_where_its_line_says_and_nowhere_without_one(
    start: Status | None, event: Event
) -> None:
    due = LINES.get((start and str(start), str(event)))
    assert advance(start, event) == due
    assert (event in legal_events(start)) is (due is not None and event not in UNDONE)


def test_an_unknown_word_leads_nowhere() -> None:
    assert advance("owned", "explode") is None  # type: ignore[arg-type]
    assert advance("", Event.SELL) is None  # type: ignore[arg-type]


def test_ends_are_ends_and_everything_else_goes_on() -> None:
    assert {str(status) for status in ENDS} == ENDED
    for status in Status:
        assert bool(legal_events(status)) is (status not in ENDS)


def test_nothing_leaves_an_end_but_an_undo() -> None:
    assert {str(event) for event in UNDOING} == UNDONE
    for status, event in TRANSITIONS:
        assert (status in ENDS) <= (event in UNDOING)


def test_the_table_can_t_be_changed_by_a_reader() -> None:
    with pytest.raises(TypeError):
        TRANSITIONS[(Status.SOLD, Event.SELL)] = Status.OWNED  # type: ignore[index]


def test_a_lock_forbids_seven_events_and_no_other() -> None:
    assert {str(event) for event in LOCK_FORBIDS} == LOCKED


@pytest.mark.parametrize("start", STARTS)
def test_what_a_locked_thing_may_undergo_is_the_rest(start: Status | None) -> None:
    free = {event for (status, event) in LINES if status == start}
    assert legal_events(start, locked=True) == free - LOCKED - UNDONE


def test_every_status_can_be_reached_from_nothing() -> None:
    reached: set[Status | None] = {None}
    while True:
        more = {end for (start, _), end in TRANSITIONS.items() if start in reached} - reached
        if not more:
            break
        reached |= more
    assert reached == {None, *Status}


def test_what_is_held_is_owned_equipped_listed_or_offered() -> None:
    assert {str(status) for status in HELD} == {"owned", "equipped", "listed", "offered"}


def test_there_is_room_for_ten_pieces_of_gear_and_three_things_in_escrow() -> None:
    assert (GEAR_ROOM, ESCROW_ROOM) == (10, 3)
