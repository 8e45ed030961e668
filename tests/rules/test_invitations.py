"""Codes of invitations."""

import pytest

from inventui.rules.core.refusal import Reason
from inventui.rules.people.invitations import (
    ALPHABET,
    DIGITS,
    MOST_DAYS,
    MOST_USES,
    check_invitation,
    code_hash,
    code_of,
)
from tests.builders import refused

SECRET = "0123456789abcdef" * 4


def test_a_code_has_at_least_80_random_bits_and_no_digit_that_is_taken_for_another() -> None:
    code = code_of(SECRET)
    assert len(ALPHABET) ** DIGITS >= 2**80
    assert len(code.replace("-", "")) == DIGITS
    assert not set(code) & set("ILOU")
    others = {code_of(f"{number:064x}") for number in range(100)}
    assert len(others) == 100


def test_a_code_is_known_however_it_is_typed() -> None:
    code = code_of(SECRET)
    for said in (code.lower(), code.replace("-", " "), code.replace("-", ""), f" {code}"):
        assert code_hash(said) == code_hash(code)
    assert code_hash("0011") == code_hash("oOiL")
    assert code_hash(code[:-1]) != code_hash(code)


@pytest.mark.parametrize(("uses", "days"), [(0, 1), (1, 0), (MOST_USES + 1, 1), (1, MOST_DAYS + 1)])
def test_an_invitation_is_for_some_players_and_some_days(uses: int, days: int) -> None:
    refused(check_invitation(uses, days), Reason.INVALID_COUNT)
    assert check_invitation(MOST_USES, MOST_DAYS) is None
