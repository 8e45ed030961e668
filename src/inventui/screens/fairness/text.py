"""What Fairness says of seed pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from inventui.rules.core.clock import to_datetime
from inventui.widgets.text import cut, fitting_words
from inventui.widgets.theme import DIM

if TYPE_CHECKING:
    from inventui.engine.cases.models import MissCount
    from inventui.engine.fairness.models import FairnessState, SeedPair

LABEL = 11
NAMED = 3
"""Cases that are named of those whose misses a rotation loses."""

HOW = (
    (
        "The server seed is drawn first; its hash stands here and can't be changed.",
        "The server seed is drawn first; here is its hash.",
    ),
    (
        "Each roll mixes it with your seed and the nonce, which counts the rolls.",
        "Your seed and the nonce, a count, go into each roll.",
    ),
    (
        "Rotating reveals the server seed: from then on anyone can check the rolls.",
        "Rotating reveals it: anyone can check the rolls.",
    ),
)
"""How it works, a step a line; the same where a line is shorter."""

NONE_RETIRED = (
    "No pair is retired yet: $fairness-rotate rotates, and the server seed that the active pair "
    "hides stands here. With it anyone can compute its rolls again, and see that none was bent.\n\n"
    "Then $fairness-verify verifies every roll that you ever made, and $fairness-export writes a "
    "proof for others."
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
            _row("Seed hash", Content(ends(active.server_seed_hash, cells - LABEL))),
            _row("Your seed", client + gap + Content.styled(nonce, "bold")),
            _row(
                "Next hash",
                Content.styled(ends(state.next_server_seed_hash, cells - LABEL), DIM),
            ),
        )
    )


def how_text(cells: int) -> Content:
    """How it works, in three lines of so many cells."""
    short = max(len(line) for line, _ in HOW) + 2 > cells
    return Content("\n").join(
        Content.assemble((f"{number} ", "bold $primary"), (lines[short], "$foreground 80%"))
        for number, lines in enumerate(HOW, 1)
    )


def ends(digits: str, cells: int) -> str:
    """Digits that are too many for so many cells by their ends: `de6a4721…00e7961c`."""
    if len(digits) <= cells:
        return digits
    last = min(8, max(1, (cells - 1) // 2))
    return f"{digits[: max(1, cells - 1 - last)]}…{digits[-last:]}"


def _halves(text: str, cells: int) -> Content:
    """64 digits on one line, on two where it is narrow, or their ends."""
    half = len(text) // 2
    if half > cells - LABEL or cells - LABEL >= len(text):
        return Content(ends(text, cells - LABEL))
    return Content(text[:half] + "\n" + " " * LABEL + text[half:])


def retired_text(pair: SeedPair, cells: int) -> Content:
    """A retired pair with everything that it no longer hides."""
    when = f"{to_datetime(pair.retired_at):%Y-%m-%d %H:%M} UTC" if pair.retired_at else "–"
    when = fitting_words(cells - LABEL, when, when.partition(" ")[0])
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
