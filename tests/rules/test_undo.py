"""Undo: which of several reasons is given, and what is said."""

import pytest

from inventui.rules.core.refusal import Reason
from inventui.rules.undo import (
    WINDOW,
    Done,
    Undoable,
    check_undo,
    done_words,
    seen_words,
    undone_words,
)

NOW = 1_000_000


def done(**more: object) -> Done:
    values: dict[str, object] = {"kind": Undoable.SELL, "name": "Lemon", "number": 1, "at": NOW}
    return Done(**{**values, **more})  # type: ignore[arg-type]


def test_what_was_just_done_may_be_taken_back_to_the_last_millisecond() -> None:
    assert check_undo(done(oranges=5, purse=5, gear=2, room=2), NOW + WINDOW) is None


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"at": NOW - 1}, Reason.EXPIRED),
        ({"undone": True}, Reason.ENDED),
        ({"ended": "It has moved on since"}, Reason.DEPENDED_ON),
        ({"goal": "Trader"}, Reason.DEPENDED_ON),
        ({"owned": "Rind"}, Reason.ALREADY_OWNED),
        ({"gear": 3, "room": 2}, Reason.NO_ROOM),
        ({"gear": 1, "room": -1}, Reason.NO_ROOM),
        ({"oranges": 6, "purse": 5}, Reason.INSUFFICIENT_FUNDS),
    ],
)
def test_each_thing_that_depends_on_it_is_a_reason(more: dict[str, object], reason: Reason) -> None:
    refusal = check_undo(done(**more), NOW + WINDOW)
    assert refusal is not None
    assert refusal.reason is reason
    assert refusal.message.endswith(".")


def test_what_became_of_it_is_said_before_room_and_money() -> None:
    every = done(at=0, undone=True, ended="x", owned="Rind", gear=1, room=0, oranges=9, purse=0)
    late = check_undo(every, NOW)
    assert late is not None
    assert late.reason is Reason.EXPIRED
    in_time = check_undo(done(ended="x", gear=1, room=0, oranges=9), NOW)
    assert in_time is not None
    assert in_time.reason is Reason.DEPENDED_ON


def test_it_is_said_what_was_done_and_what_came_back() -> None:
    assert done_words(Undoable.DISCARD, "Lemon", 3) == "You threw away Lemon and 2 more"
    assert undone_words(Undoable.SELL, "Lemon", 1, 40) == "Lemon: not sold. 40 oranges went back."
    assert undone_words(Undoable.SELL, "Lemon", 1, 0) == "Lemon: not sold."
    assert undone_words(Undoable.GIFT, "Lemon", 1, 0, "bob") == "Lemon: not given to bob."


def test_a_friend_who_did_nothing_is_no_reason() -> None:
    assert not seen_words("bob", expired=False, moved=False, seen=False, acted=False)
    assert seen_words("bob", expired=True, moved=True, seen=True, acted=True) == "bob has seen it"
