"""Personas: what a file may say, and what is wrong with one that says something else."""

from pathlib import Path

import pytest

from inventui.lab.personas.model import BASE, PersonaFile, read_personas
from inventui.rules.core.refusal import Reason, Refusal


def faults(path: Path, text: str) -> list[str]:
    path.write_text(text, encoding="utf-8")
    refusal = read_personas(path)
    assert isinstance(refusal, Refusal)
    assert refusal.reason is Reason.INVALID_FILE
    assert str(path) in refusal.message
    found = refusal.figures["faults"]
    assert isinstance(found, list)
    return found


def test_six_personas_come_with_the_game() -> None:
    found = read_personas(BASE)
    assert isinstance(found, PersonaFile)
    names = {persona.name for persona in found.personas}
    assert names == {"worker", "gambler", "robber", "trader", "collector", "casual"}


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('actions = ["daily", "fly"]', "line 3: personas.ana actions[2]: it must be 'daily'"),
        (
            'actions = ["daily"]\nshifts = 1001',
            "line 4: personas.ana shifts: it must be less",
        ),
        ('actions = ["daily"]\nsessions = [24]', "line 4: personas.ana sessions[1]"),
        ('actions = ["daily"]\nluck = 3', "line 4: personas.ana luck: there is no such field"),
        ('actions = ["daily"]\nwork = "brave"', "line 4: personas.ana work"),
        ("actions = []", "line 3: personas.ana actions"),
    ],
)
def test_a_fault_of_a_persona_is_named(line: str, named: str, tmp_path: Path) -> None:
    found = faults(tmp_path / "p.toml", f'[[personas]]\nname = "ana"\n{line}\n')
    assert any(fault.startswith(named) for fault in found), found
    assert len(found) == 1 or line == "actions = []" or "brave" in line


def test_a_file_that_is_no_list_of_personas_is_refused_quickly(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    assert "TOML" in faults(path, "personas = [")[0]
    assert "nested" in faults(path, "a = " + "[" * 20_000 + "]" * 20_000)[0]
    assert "larger" in faults(path, "#" * 300_000)[0]
    one = '[[personas]]\nname = "ana"\ndeeds = ["daily"]\n'
    assert "twice" in faults(path, one + one)[0]
    path.write_bytes(b"# one\n# caf\xe9\n")
    latin = read_personas(path)
    assert isinstance(latin, Refusal)
    assert "line 2 is no UTF-8" in latin.message
    missing = read_personas(tmp_path / "none.toml")
    assert isinstance(missing, Refusal)


def test_numbers_are_named_with_quotes_or_without(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    persona = '[[personas]]\nname = "ana"\nactions = ["daily"]\n'
    for written in ('"shifts.shift_most" = 90', "shifts.shift_most = 90"):
        path.write_bytes(b"\xef\xbb\xbf" + f"{persona}[numbers]\n{written}\n".encode())
        found = read_personas(path)
        assert isinstance(found, PersonaFile)
        assert found.numbers == {"shifts.shift_most": 90}


def test_what_a_persona_does_may_be_called_deeds_as_before(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[[personas]]\nname = "ana"\ndeeds = ["daily"]\n')
    found = read_personas(path)
    assert isinstance(found, PersonaFile)
    assert found.personas[0].actions == ("daily",)
