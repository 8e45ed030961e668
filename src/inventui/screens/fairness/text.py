"""What Fairness says of seed pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from inventui.rules.core.clock import to_datetime
from inventui.widgets.text import cut
from inventui.widgets.theme import DIM

if TYPE_CHECKING:
    from inventui.engine.cases.models import MissCount
    from inventui.engine.fairness.models import FairnessState, SeedPair

LABEL = 11
NAMED = 3
"""Cases that are named of those whose misses a rotation loses."""

HOW = (
    ("1 ", "The server seed is drawn first; its hash stands here and can't be changed."),
    ("2 ", "Each roll mixes it with your seed and the nonce, which counts the rolls."),
    ("3 ", "Rotating reveals the server seed: from then on anyone can check the rolls."),
)


def _row(label: str, value: Content) -> Content:
    return Content.styled(f"{label:<{LABEL}}", DIM) + value


def active_text(state: FairnessState, cells: int) -> Content:
    """The pair in use and the promise for the next one; hashes in full."""
    active = state.active
    nonce = f"nonce {active.nonce:,}"
    seed = cut(active.client_seed, max(4, cells - LABEL - len(nonce) - 3))
    client = Content.styled(seed, "bold")
    gap = " " * max(2, cells - LABEL - client.cell_length - len(nonce))
    return Content("\n").join(
        (
            _row("Seed hash", Content(active.server_seed_hash)),
            _row("Your seed", client + gap + Content.styled(nonce, "bold")),
            _row("Next hash", Content.styled(state.next_server_seed_hash, DIM)),
        )
    )


def how_text() -> Content:
    """How it works, in three lines."""
    return Content("\n").join(
        Content.assemble((number, "bold $primary"), (line, "$foreground 80%"))
        for number, line in HOW
    )


def _halves(text: str, cells: int) -> Content:
    """64 digits on one line, or on two where it is narrow."""
    if cells - LABEL >= len(text):
        return Content(text)
    half = len(text) // 2
    return Content(text[:half] + "\n" + " " * LABEL + text[half:])


def retired_text(pair: SeedPair, cells: int) -> Content:
    """A retired pair with everything that it no longer hides."""
    when = f"{to_datetime(pair.retired_at):%Y-%m-%d %H:%M} UTC" if pair.retired_at else "–"
    return Content("\n").join(
        (
            _row("Revealed", _halves(pair.server_seed or "", cells)),
            _row("Seed hash", _halves(pair.server_seed_hash, cells).stylize(DIM)),
            _row("Your seed", Content(cut(pair.client_seed, max(4, cells - LABEL)))),
            _row("Rolls", Content(f"{pair.nonce:,}")),
            _row("Retired", Content(when)),
        )
    )


def lost_counts(counts: tuple[MissCount, ...]) -> str:
    """What a rotation does to guarantees, as a further paragraph; empty if nothing."""
    if not counts:
        return ""
    named = ", ".join(f"{count.case_name} {count.since:,}" for count in counts[:NAMED])
    more = f" and {len(counts) - NAMED:,} more" if len(counts) > NAMED else ""
    return f"\n\nGuarantees begin to count anew; the misses so far are lost: {named}{more}."
