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
        ('deeds = ["daily", "fly"]', "personas.0.deeds.1"),
        ('deeds = ["daily"]\nshifts = 41', "personas.0.shifts"),
        ('deeds = ["daily"]\nsessions = [24]', "personas.0.sessions.0"),
        ('deeds = ["daily"]\nluck = 3', "personas.0.luck"),
        ('deeds = ["daily"]\nwork = "brave"', "personas.0.work"),
        ("deeds = []", "personas.0.deeds"),
    ],
)
def test_a_fault_of_a_persona_is_named(line: str, named: str, tmp_path: Path) -> None:
    found = faults(tmp_path / "p.toml", f'[[personas]]\nname = "ana"\n{line}\n')
    assert any(fault.startswith(named) for fault in found), found
    assert len(found) == 1 or line == "deeds = []" or "brave" in line


def test_a_file_that_is_no_list_of_personas_is_refused_quickly(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    assert "TOML" in faults(path, "personas = [")[0]
    assert "nested" in faults(path, "a = " + "[" * 20_000 + "]" * 20_000)[0]
    assert "larger" in faults(path, "#" * 300_000)[0]
    one = '[[personas]]\nname = "ana"\ndeeds = ["daily"]\n'
    assert "twice" in faults(path, one + one)[0]
    missing = read_personas(tmp_path / "none.toml")
    assert isinstance(missing, Refusal)
