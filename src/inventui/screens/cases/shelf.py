"""What the case room asks the world for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inventui.rules.core.refusal import Refusal

if TYPE_CHECKING:
    from inventui.engine.core.models import CaseDetail, CaseSummary
    from inventui.engine.fairness.models import FairnessState
    from inventui.engine.world import PlayerHandle, World

FEW = 50
"""Cases up to which the odds of all of them are asked for at once."""


@dataclass(frozen=True, slots=True)
class CasesState:
    """What the room shows."""

    cases: tuple[CaseSummary, ...]
    details: dict[str, CaseDetail]
    fairness: FairnessState
    misses: dict[str, int]


def look_at_shelf(world: World, player: PlayerHandle, seen: str | None = None) -> CasesState:
    """Ask for the cases and for what is promised. Runs in a thread.

    Args:
        world: whose cases.
        player: whose seeds.
        seen: which case is looked at; where there are many, no other's odds are asked for.
    """
    cases = world.catalogue.cases()
    known = {case.id for case in cases}
    first = seen if seen in known else cases[0].id if cases else None
    asked = (case.id for case in cases if len(cases) <= FEW or case.id == first)
    found = ((id_, world.catalogue.case(id_)) for id_ in asked)
    return CasesState(
        cases,
        {id_: case for id_, case in found if not isinstance(case, Refusal)},
        player.fairness.show(retired=0),
        {count.case: count.since for count in player.cases.misses()},
    )
