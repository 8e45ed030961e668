"""The odds table that a command names: of the world, of the base pack, or of a pack's file."""

from __future__ import annotations

import os
from pathlib import Path

from inventui.cli.core.context import CommandRun
from inventui.content.source import base_pack
from inventui.rules.cases.odds import OddsTable
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.text import as_typed


def odds_of(run: CommandRun, named: str, case: str | None) -> OddsTable | Refusal:
    """The odds table of a case.

    Args:
        run: what the command runs in; its world is opened only where there is one.
        named: a case's id, or the path of a pack.
        case: which case of the pack, if it has several.
    """
    if os.sep in named or named.endswith(".toml") or (os.path.exists(named) and case):
        return _of_pack(Path(named), case)
    if run.names_world or os.path.lexists(run.database):
        found = run.world.catalogue.case(named)
        if not isinstance(found, Refusal):
            return found.odds if case is None else _no_pack(named)
        return _of_pack(Path(named), case) if os.path.exists(named) else found
    if os.path.exists(named):
        return _of_pack(Path(named), case)
    return _of_pack(base_pack(), named) if case is None else _no_pack(named)


def _no_pack(named: str) -> Refusal:
    return Refusal(
        Reason.INVALID_FILE,
        f"--case chooses among the cases of a pack, and {as_typed(named)} is none: name the pack's "
        "folder or file, or leave out --case.",
        {"pack": named},
    )


def _of_pack(path: Path, case: str | None) -> OddsTable | Refusal:
    from inventui.lab.study import packs_at

    pack = packs_at([path])
    if isinstance(pack, Refusal):
        return pack
    names = [known.id for known in pack.cases]
    # Upon another pack its own ids stand after its own.
    own = [name for name in names if name.startswith(f"{pack.id}:")] or names
    if case is None and len(own) == 1:
        case = own[0]
    found = None if case is None else pack.case(case) or pack.case(f"{pack.id}:{case}")
    if found is not None:
        return found.odds_table()
    known = ", ".join(names) or "none"
    asked = "Say which case with --case" if case is None else f"There is no case {case}"
    return Refusal(
        Reason.UNKNOWN_CASE, f"{asked}; {pack.name} has: {known}.", {"case": case, "cases": names}
    )
