"""Refusals: values with a reason, a sentence and figures; the first reason that holds is given."""

import dataclasses
import re
from pathlib import Path

import pytest

import inventui
from inventui.rules.cases.cases import check_open
from inventui.rules.cases.fairness import check_client_seed
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Status
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.inventory.inventory import check_sell
from inventui.rules.people.players import check_name

ORDER = list(Reason)


def before(*reasons: Reason) -> bool:
    """Whether these stand in the order of precedence."""
    places = [ORDER.index(reason) for reason in reasons]
    return places == sorted(places)


def test_what_was_asked_is_looked_at_before_the_world_is() -> None:
    asked = [reason for reason in ORDER if reason.startswith("invalid_")]
    assert asked == ORDER[: len(asked)]


def test_who_comes_before_what_and_what_before_whether_it_may_be() -> None:
    assert before(
        Reason.KEY_REUSED,
        Reason.NO_PLAYERS,
        Reason.UNKNOWN_PLAYER,
        Reason.UNKNOWN_CASE,
        Reason.UNKNOWN_ITEM,
        Reason.NOT_YOURS,
        Reason.ENDED,
        Reason.LOCKED,
        Reason.WRONG_STATUS,
        Reason.NOT_SELLABLE,
        Reason.NO_ROOM,
        Reason.INSUFFICIENT_FUNDS,
    )


@pytest.mark.parametrize(
    ("category", "status", "locked", "reasons"),
    [
        (Category.TITLE, Status.SOLD, True, (Reason.ENDED, Reason.LOCKED, Reason.NOT_SELLABLE)),
        (Category.TITLE, Status.EQUIPPED, True, (Reason.LOCKED, Reason.WRONG_STATUS)),
        (Category.TITLE, Status.LISTED, True, (Reason.LOCKED, Reason.WRONG_STATUS)),
        (Category.TITLE, Status.EQUIPPED, False, (Reason.WRONG_STATUS, Reason.NOT_SELLABLE)),
        (Category.TITLE, Status.LISTED, False, (Reason.WRONG_STATUS, Reason.NOT_SELLABLE)),
        (Category.TITLE, Status.OWNED, True, (Reason.LOCKED, Reason.NOT_SELLABLE)),
    ],
)
def test_of_several_reasons_the_first_in_order_is_given(
    category: Category, status: Status, locked: bool, reasons: tuple[Reason, ...]
) -> None:
    refusal = check_sell("Thing", category, status, locked=locked)
    assert isinstance(refusal, Refusal)
    assert refusal.reason is reasons[0]
    assert before(*reasons)


def test_a_wrong_number_comes_before_missing_money() -> None:
    refusal = check_open(10, 0, -1)
    assert isinstance(refusal, Refusal)
    assert refusal.reason is Reason.INVALID_COUNT
    assert before(Reason.INVALID_COUNT, Reason.INSUFFICIENT_FUNDS)


def test_a_refusal_is_printed_with_its_figures_beside_reason_and_message() -> None:
    refusal = Refusal(Reason.INVALID_COUNT, "No.", {"count": 5})
    assert refusal.as_json() == {"reason": "invalid_count", "message": "No.", "count": 5}
    assert type(refusal.as_json()["reason"]) is str
    assert Refusal(Reason.LOCKED, "No.").as_json() == {"reason": "locked", "message": "No."}


def test_no_figure_hides_the_reason_or_the_message() -> None:
    some = [
        check_open(10, 0, 0),
        check_open(10, 1, 0),
        check_name(""),
        check_client_seed(""),
        check_sell("Thing", Category.TITLE, Status.SOLD, locked=False),
        check_sell("Thing", Category.TITLE, Status.OWNED, locked=False),
    ]
    for refusal in some:
        assert isinstance(refusal, Refusal)
        assert not {"reason", "message"} & set(refusal.figures)
        assert refusal.message.endswith(".")
        assert "\n" not in refusal.message


def test_a_refusal_never_changes() -> None:
    refusal = Refusal(Reason.LOCKED, "No.")
    with pytest.raises(dataclasses.FrozenInstanceError):
        refusal.message = "Yes."  # type: ignore[misc]


def test_every_reason_is_given_with_a_sentence_somewhere() -> None:
    source = Path(inventui.__file__).parent
    code = "\n".join(path.read_text(encoding="utf-8") for path in source.rglob("*.py"))
    given = set(re.findall(r"\bReason\.([A-Z_]+)", code))
    assert {reason.name for reason in Reason} == given


def test_words_of_reasons_are_their_names() -> None:
    assert all(str(reason) == reason.name.lower() for reason in Reason)
