"""What the card styles draw with: the canvas of a card, its facts, and their parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.geometry import Size

from inventui.rules.core.categories import Category
from inventui.rules.core.style import Style
from inventui.widgets.canvas.canvas import runs_length
from inventui.widgets.colour import Pen, Runs, mix, run
from inventui.widgets.player.avatar import avatar, avatar_cells, avatar_pixels
from inventui.widgets.player.card_facts import stats_lines
from inventui.widgets.text import cut
from inventui.widgets.theme import GEM, ORANGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.geometry import Region

    from inventui.widgets.canvas.appearance import Appearance
    from inventui.widgets.canvas.canvas import Canvas
    from inventui.widgets.player.card_facts import CardFacts

BAR = 10
"""Most cells of the bar that shows the way to the next rank."""

LEAST_BAR = 2
"""Fewest, where its figures take the rest."""

NO_GLOW = Style("none")

LEFT, CENTRE, RIGHT = 0.0, 0.5, 1.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A card's canvas, with what the card styles need to draw on it.

    Attributes:
        box: what is inside the frame.
        inner: the same without the margin that text keeps.
        phase: where a moving name stands.
        stats: whether the figures belong on it.
    """

    canvas: Canvas
    facts: CardFacts
    look: Appearance
    box: Region
    inner: Region
    phase: float = 0.0
    stats: bool = True

    def glow(self, room: Size) -> Style:
        """The glow that is worn, unless it would leave no room for the picture."""
        look = self.look
        fits = avatar_cells(
            look[Category.AVATAR_SIZE].word, look[Category.AVATAR_GLOW].word, room, self.box.height
        ).width  # fmt: skip
        return look[Category.AVATAR_GLOW] if fits else NO_GLOW

    def picture_size(self, room: Size) -> Size:
        """Cells of the avatar with its glow, in so much room at most."""
        word = self.look[Category.AVATAR_SIZE].word
        return avatar_cells(word, self.glow(room).word, room, self.box.height)

    def picture(self, x: int, y: int, room: Size) -> None:
        """Paint the avatar, its corner at (x, y)."""
        glow = self.glow(room)
        width, height = avatar_pixels(
            self.look[Category.AVATAR_SIZE].word, glow.word, room, self.box.height
        )  # fmt: skip
        if width:
            ground = self.canvas.back_at(x, y)
            self.canvas.pixels(x, y, avatar(self.facts.name, width, height, glow, ground))

    def place(self, x: int, y: int, width: int, runs: Runs, at: float = LEFT) -> None:
        """Write a line within `width` cells from x on, left, in the middle or right."""
        if runs:
            self.canvas.write(x + int((width - runs_length(runs)) * at), y, runs)

    def column(self, x: int, y: int, width: int, lines: Sequence[Runs], at: float = LEFT) -> None:
        """Write lines one below the other."""
        for number, runs in enumerate(lines):
            self.place(x, y + number, width, runs, at)

    def block(self, y: int, lines: Sequence[Runs]) -> None:
        """Write lines in the middle of the card, but keep their edge, so that columns stay."""
        widest = max((runs_length(line) for line in lines), default=0)
        self.column(self.inner.x + (self.inner.width - widest) // 2, y, widest, lines)

    # Words

    def name(self, cells: int, *, capitals: bool = False, back: str = "") -> Runs:
        """Name and badge."""
        badge = self.look.badge_runs()
        taken = runs_length(badge) + 1 if badge else 0
        if taken + 4 > cells:
            badge, taken = (), 0
        text = self.facts.name.upper() if capitals else self.facts.name
        runs = self.look.name_runs(text, cells - taken, self.phase, back)
        return (*runs, run(" "), *badge) if badge else runs

    def rank(self, cells: int) -> Runs:
        """The rank with the way to the next one, as much of it as there is room for."""
        facts, look = self.facts, self.look
        room = cells - len(facts.rank) - 1
        if room < 3:
            return (run(cut(facts.rank, cells), look.plain),)
        bar, points = min(BAR, room), ""
        for figures in filter(None, (facts.points, facts.points.removesuffix(" xp"), facts.brief)):
            beside = room - len(figures) - 1
            if beside >= LEAST_BAR:
                bar, points = min(BAR, beside), figures
                break
        if not points and facts.brief and len(facts.brief) <= room:
            return (run(f"{facts.rank} ", look.plain), run(facts.brief, look.faint))
        full = min(bar, int(facts.progress * bar))
        runs: Runs = (
            run(f"{facts.rank} ", look.plain), run("▰" * full, look.ink),
            run("▱" * (bar - full), mix(look.ink, look.ground, 0.5)),
        )  # fmt: skip
        if points:
            runs = (*runs, run(f" {points}", look.faint))
        return runs

    def purse(self, cells: int) -> Runs:
        """The balances, if they are to be seen."""
        facts, look = self.facts, self.look
        if facts.oranges is None or facts.gems is None:
            return ()
        both = (
            run(f"{ORANGE} "), run(f"{facts.oranges:,}", look.plain, "bold"), run(f"  {GEM} "),
            run(f"{facts.gems:,}", look.plain, "bold"),
        )  # fmt: skip
        if runs_length(both) <= cells:
            return both
        return both[:2] if runs_length(both[:2]) <= cells else ()

    def about(self, cells: int, most: int) -> list[Runs]:
        """Who it is, in at most so many lines, the most important first."""
        below = [line for line in (self.rank(cells), self.purse(cells)) if line]
        title = self.look.title_lines(cells, max(1, min(2, most - 1 - len(below))))
        return [self.name(cells), *title, *below][: max(0, most)]

    def figures(self, cells: int, most: int) -> list[Runs]:
        """The figures in their style."""
        return stats_lines(self.facts, self.look, cells, most) if self.stats else []

    def rule(self, x: int, y: int, width: int, glyph: str = "─", share: float = 0.6) -> None:
        """A line across."""
        if width > 0:
            colour = mix(self.look.ink, self.look.ground, share)
            self.canvas.put(x, y, glyph * width, Pen(colour))
