"""A study of an economy: what is asked, what is played for it, and what it found."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from inventui.content.loader import Pack, PackError, load_packs
from inventui.lab.economy import EconomySetting, Played, check_run, play_economies
from inventui.lab.measure import Difference, EconomyFigures, differences, measure
from inventui.lab.personas.model import BASE, read_personas
from inventui.lab.processes import processes
from inventui.lab.writing import write_run
from inventui.rules.cases.fairness import check_client_seed
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.numbers import check_numbers, check_order

STEPS = 5
"""Values of a number that is varied, both ends included."""

WORTH_SEVERAL = 8
"""Economies for which it pays to start further processes."""

_RANGE = re.compile(r"([a-z_.]+)=([0-9]{1,13})(?:\.\.([0-9]{1,13}))?")


@dataclass(frozen=True, slots=True)
class Study:
    """What is asked.

    Attributes:
        vary: texts like `shifts.shift_most=80..160`, of which one may have a range.
    """

    days: int
    runs: int
    seed: str
    personas: Path | None
    packs: tuple[Path, ...]
    against: Path | None = None
    vary: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedStudy:
    """What is played: one setting, and others to compare it with."""

    setting: EconomySetting
    runs: int
    against: EconomySetting | None
    number: str
    values: tuple[int, ...]

    @property
    def economies(self) -> int:
        """How many economies are played in all."""
        return self.runs * (1 + (self.against is not None) + len(self.values))

    def play(self, jobs: int | None, progress: Callable[[int], bool]) -> StudyResult:
        """Play everything; what a progress of False leaves unplayed is left out."""
        several = 1 if jobs is None and self.economies < WORTH_SEVERAL else processes(jobs)
        done = 0
        going = True

        def play(setting: EconomySetting) -> list[Played]:
            nonlocal done, going

            def show(count: int) -> bool:
                nonlocal going
                going = progress(done + count)
                return going

            played = play_economies(setting, self.runs, several, show)
            done += len(played)
            return played

        first = play(self.setting)
        seed = self.setting.seed
        result = StudyResult(measure(first, seed), self.number)
        if self.against is not None and going:
            result.differences = differences(first, play(self.against))
        for value in self.values:
            if not going:
                break
            numbers = (*self.setting.numbers, (self.number, value))
            varied = play(replace(self.setting, numbers=numbers))
            result.varied.append((value, measure(varied, seed)))
        return result


@dataclass(slots=True)
class StudyResult:
    """What was found.

    Attributes:
        figures: of the economy.
        number: the name of the number that was varied.
        differences: of the other pack, from the first.
        varied: (value of the number, figures under it).
    """

    figures: EconomyFigures
    number: str
    differences: list[Difference] = field(default_factory=list)
    varied: list[tuple[int, EconomyFigures]] = field(default_factory=list)

    def document(self) -> dict[str, object]:
        """What `--json` prints."""
        found = asdict(self.figures)
        found = {"runs": found.pop("rolls"), **found}
        if self.differences:
            found["against"] = [asdict(one) for one in self.differences]
        if self.varied:
            found["varied"] = [
                {
                    "number": self.number,
                    "value": value,
                    "faucets_over_sinks": figures.ratio_later,
                    "gini": figures.gini[-1],
                    "wealth": {p.name: p.bands[-1] for p in figures.personas},
                }
                for value, figures in self.varied
            ]
        return found

    def write(self, folder: Path, document: dict[str, object]) -> Sequence[str]:
        """Write it into a folder; the names of the files."""
        return write_run(folder, self.figures, document, self.differences, self.varied, self.number)


def read_study(asked: Study) -> PlannedStudy | Refusal:
    """What is to be played, or why not."""
    refusal = check_run(asked.days, asked.runs) or check_client_seed(asked.seed)
    if refusal is not None:
        return refusal
    read = read_personas(asked.personas or BASE)
    if isinstance(read, Refusal):
        return read
    wanted = dict(read.numbers)
    name, values = "", tuple[int, ...]()
    for text in asked.vary:
        match = _RANGE.fullmatch(text.strip())
        if match is None or (match[3] and values):
            return Refusal(
                Reason.INVALID_AMOUNT,
                "A number is varied as NAME=A..B, one at a time, or changed as NAME=A; "
                f"not {text}.",
                {"vary": text},
            )
        first, last = int(match[2]), int(match[3] or match[2])
        refusal = check_numbers({match[1]: first}) or check_numbers({match[1]: last})
        if refusal is not None:
            return refusal
        if match[3]:
            name = match[1]
            steps = (first + (last - first) * step // (STEPS - 1) for step in range(STEPS))
            values = tuple(dict.fromkeys(steps))
        else:
            wanted[match[1]] = first
    variants = [wanted | {name: value} for value in values] or [wanted]
    refusal = check_numbers(wanted)
    other = () if asked.against is None else (asked.against,)
    for packs in (asked.packs, other):
        refusal = refusal or (_check_packs(packs, read.personas, variants) if packs else None)
    if refusal is not None:
        return refusal
    numbers = tuple((number, int(value)) for number, value in wanted.items())
    setting = EconomySetting(asked.packs, read.personas, asked.days, asked.seed, numbers)
    against = replace(setting, packs=other) if other else None
    return PlannedStudy(setting, asked.runs, against, name, values)


def _check_packs(
    paths: Sequence[Path], personas: Sequence[object], variants: Sequence[Mapping[str, float]]
) -> Refusal | None:
    """None if packs upon each other can be played by these personas, under these numbers."""
    pack = packs_at(paths)
    if isinstance(pack, Refusal):
        return pack
    for numbers in variants:
        refusal = check_order({**pack.numbers, **numbers})
        if refusal is not None:
            return refusal
    cases = {case.id for case in pack.cases}
    for persona in personas:
        case = getattr(persona, "case", "")
        if case and case not in cases:
            return Refusal(
                Reason.UNKNOWN_CASE,
                f"A persona opens {case}, which {_named(paths)} has not. "
                f"It has: {', '.join(cases)}.",
                {"case": case},
            )
    return None


def packs_at(paths: Sequence[Path]) -> Pack | Refusal:
    """What packs are together, each upon those before it, or which faults they have."""
    for path in paths:
        if not path.exists():
            return Refusal(Reason.INVALID_FILE, f"There is no pack at {path}.", {"file": str(path)})
    try:
        return load_packs(paths)
    except PackError as error:
        named = _named(paths)
        return Refusal(
            Reason.INVALID_FILE,
            f"The pack {named} can't be loaded: {error.sentence()}.",
            {"file": named, "faults": [str(fault) for fault in error.faults]},
        )


def _named(paths: Sequence[Path]) -> str:
    return " + ".join(map(str, paths))
