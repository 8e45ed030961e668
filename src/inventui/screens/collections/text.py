"""What is said of collections: how far a set is, what it gives, what a piece is."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from textual.content import Content

from inventui.rules.achievements import Rewards
from inventui.rules.cases.fairness import TICKETS
from inventui.widgets.items.goal_text import DONE, bar, reward_signs
from inventui.widgets.text import fitting_words, padded
from inventui.widgets.theme import (
    DIM,
    FAINT,
    KEY,
    MARKER,
    ago,
    exact,
    money,
    one_in,
    percent,
    rarity_mark,
)

if TYPE_CHECKING:
    from inventui.engine.workshop.models import CollectionPiece, CollectionView, Completed

READY = "★ ready"

NAMED = 3
"""So many missing pieces are named, the others counted."""

FEWEST_PARTS = 100
"""Parts of 1,000,000 below which a chance is told with four digits."""


def chance(piece: CollectionPiece) -> str:
    """What the case gives it with: `0.26 %`."""
    return percent(piece.parts, 4 if piece.parts < FEWEST_PARTS else 2)


def share(view: CollectionView) -> float:
    """How much of a set is held, 0.0 to 1.0."""
    return view.held / len(view.pieces) if view.pieces else 0.0


def missing(view: CollectionView, named: int = NAMED) -> str:
    """What is missing, the likeliest first: `Neon Peel, Glass Lemon and 3 more`; or nothing."""
    lacking = [piece for piece in view.pieces if not piece.held]
    lacking.sort(key=lambda piece: -piece.parts)
    names = [piece.name for piece in lacking[:named]]
    more = len(lacking) - len(names)
    if more:
        return f"{', '.join(names)} and {more:,} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def reward(view: CollectionView) -> Content:
    """What a set gives, as signs."""
    return reward_signs(Rewards(view.oranges, view.gems))


def standing(view: CollectionView, now: int) -> Content:
    """At the right of a set's name: `✓ 2 d`, `★ ready`, `12/15`."""
    if view.done_at is not None:
        return Content.styled(f"{DONE} {ago(view.done_at, now)}", "$text-success")
    if view.refusal is None:
        return Content.styled(READY, "bold $primary")
    return Content(f"{view.held:,}/{len(view.pieces):,}")


def set_rows(
    view: CollectionView, now: int, width: int, *, current: bool
) -> tuple[Content, Content]:
    """A set in two lines: name and figures, then bar and reward."""
    figures = standing(view, now) + " "
    name = padded(view.name, width - 2 - figures.cell_length - 1)
    done = view.done_at is not None
    bright = "bold" if current else "$foreground 70%" if done else ""
    first = Content.assemble((f"{MARKER if current else ' '} ", "$primary bold"), (name, bright))
    gives = reward(view) + " "
    cells = max(0, min(12, width - 3 - gives.cell_length))
    shown = bar(share(view), cells)
    if done:
        shown = Content.styled(shown.plain, "$text-success")
    gap = " " * max(1, width - 2 - cells - gives.cell_length)
    second = Content("  ") + shown + gap + gives.stylize(FAINT if done else DIM)
    return first + " " + figures, second


def set_words(view: CollectionView, cells: int, width: int) -> Content:
    """A set in three lines: how far, what it gives, what is missing or to be done.

    Args:
        view: the set.
        cells: how wide its bar is.
        width: cells of a line.
    """
    figure = f"  {view.held:,} of {len(view.pieces):,} pieces"
    first = bar(share(view), cells) + Content.styled(figure, "bold")
    signs = reward(view)
    if view.done_at is not None:
        second = Content.styled("you got  ", DIM) + signs
        third = Content.styled(
            f"{DONE} complete since {exact(view.done_at)[:16]} UTC", "$text-success"
        )
    elif view.refusal is None:
        second = Content.styled("it gives  ", DIM) + signs
        third = Content.assemble(("All are yours: ", "bold"), ("enter", KEY), " takes the reward.")
    else:
        second = Content.styled("it gives  ", DIM) + signs
        label = "missing  "
        lacking = fitting_words(
            width - len(label), *(missing(view, named) for named in range(NAMED, 0, -1))
        )
        third = (
            Content.assemble((label, DIM), lacking)
            if lacking
            else Content.styled("some pieces counted for a reward already", "$text-warning")
        )
    return Content("\n").join([first, second, third])


def piece_words(piece: CollectionPiece, *, done: bool) -> Content:
    """A piece in two lines: what it is, and whether one has it; `done`, if its set is complete."""
    first = Content.assemble(
        rarity_mark(piece.rarity), " ", (piece.name, "bold"), (" · ", DIM), money(piece.value)
    )
    odds = f"{chance(piece)} a case, {one_in(Fraction(piece.parts, TICKETS))}"
    if piece.held:
        have = Content.styled(f"{DONE} you have {piece.held:,}", "$text-success")
        if not (piece.counts or done):
            have += Content.styled(", counted", "$text-warning")
    elif piece.known:
        have = Content.styled("yours no more", "$text-warning")
    else:
        have = Content.styled("never yours yet", DIM)
    return first + "\n" + have + Content.styled(f" · {odds}", DIM)


def why_not_complete(view: CollectionView) -> str:
    """Why the reward can't be taken now, with what is missing."""
    assert view.refusal is not None
    lacking = "" if view.done_at is not None else missing(view)
    return f"{view.refusal.message} Missing: {lacking}." if lacking else view.refusal.message


def completed_words(done: Completed) -> str:
    """What a reward was, in one sentence."""
    return (
        f"{done.name} is complete: {money(done.oranges).plain}, {done.gems:,} gems and "
        f"{done.experience_gained:,} experience."
    )
