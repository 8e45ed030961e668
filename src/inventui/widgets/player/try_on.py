"""A preview of the player's own page with one more player item on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.geometry import Region

from inventui.rules.core.categories import COSMETICS, Category
from inventui.rules.core.sprite import parse
from inventui.widgets.canvas.appearance import DEFAULT, trying
from inventui.widgets.canvas.canvas import Canvas
from inventui.widgets.colour import Pen, ink_on
from inventui.widgets.player.canvas_widget import strips_of
from inventui.widgets.player.page import draw_pulp
from inventui.widgets.player.showcase import PULP, Showcase, scene
from inventui.widgets.session import session_of
from inventui.widgets.text import cut

if TYPE_CHECKING:
    from textual.timer import Timer

    from inventui.widgets.canvas.appearance import Appearance
    from inventui.widgets.items.card import Face
    from inventui.widgets.player.card_facts import CardFacts

PLAY_AFTER = 0.25
"""Seconds that one has to look at what plays before it does."""

SAMPLE_VISITORS = 128
"""What a visitor counter shows in a preview where nobody has been yet."""

HIGH = 14
"""Lines from which BigPulp shares a preview with the card."""

WORDS = "So, how do I look?"
"""What he says where there is little room for it."""

LARGEST = 3
"""Cells to a pixel of a picture at most."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The item of a preview.

    Attributes:
        parts: of a bundle, what is in it.
    """

    category: Category
    style: str = ""
    sprite: str = ""
    emoji: str = ""
    parts: tuple[Subject, ...] = ()

    @property
    def worn(self) -> tuple[Subject, ...]:
        """The cosmetics among it."""
        return tuple(part for part in (self, *self.parts) if part.category in COSMETICS)

    @property
    def light(self) -> Category | None:
        """The category whose part of the page is to be seen."""
        if self.category is not Category.BUNDLE:
            return self.category
        return next((part.category for part in self.worn if part.category in PULP), None)


@dataclass(frozen=True, slots=True)
class Model:
    """The player of a preview: facts, how they look now, and some of their player items."""

    facts: CardFacts
    look: Appearance
    player_items: tuple[Face, ...] = ()


def dressed(look: Appearance, subject: Subject) -> Appearance:
    """How a player looks with it on."""
    for part in subject.worn:
        look = trying(look, part.category, part.style)
    return look


def tried(subject: Subject, model: Model) -> tuple[CardFacts, Appearance]:
    """What a preview tells of a player, and how they look with a subject on."""
    facts = model.facts
    if any(part.category is Category.VISITOR_COUNTER for part in subject.worn):
        facts = replace(facts, visitors=facts.visitors or SAMPLE_VISITORS)
    return facts, dressed(model.look, subject)


class TryOn(Showcase):
    """Shows a subject on a player; what can't be worn is shown as a picture.

    Attributes:
        ground: the colour behind a picture; empty for that of the player's page.
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.subject: Subject | None = None
        self.ground = ""
        self._waiting: Timer | None = None

    def try_on(self, subject: Subject | None, model: Model | None) -> None:
        """Show it; None shows nothing."""
        new = subject != self.subject
        self.subject = subject
        if self._waiting is not None:
            self._waiting.stop()
        session = session_of(self)
        if subject is None or model is None:
            self.show(None, session.appearance)
            return
        light = subject.light
        facts, look = tried(subject, model)
        if not new and (facts, look, light) == (self.facts, self.look, self.category):
            return
        self.show(facts, look, light, faces=model.player_items, motion=session.motion)
        if session.motion and light in (Category.CELEBRATION, Category.ENTRANCE_ANIMATION):
            self._waiting = self.set_timer(PLAY_AFTER, self._play_it)

    def _behind(self) -> str:
        """The colour behind a picture, in a light theme that of the room; empty for the page's."""
        if self.ground or self.app.current_theme.dark:
            return self.ground
        behind = self.background_colors[1]
        return "" if behind.ansi is not None else behind.hex6.lower()

    def prepare(self, subject: Subject, model: Model) -> None:
        """Paint what is likely to be tried on next."""
        width, height = self.content_size
        if width and height:
            facts, look = tried(subject, model)
            canvas = self._alone(subject, look, subject.light, width, height)
            if canvas is None:
                canvas = scene(facts, look, subject.light, width, height, model.player_items)
            for strip in strips_of(canvas):
                self.put_together(strip)

    def _play_it(self) -> None:
        self.play(motion=session_of(self).motion)

    def paint(self, width: int, height: int) -> Canvas:
        """The page, or the picture of what is not worn."""
        subject, look = self.subject, self.look
        if subject is None or look is None or self.facts is None:
            return super().paint(width, height)
        alone = self._alone(subject, look, self.category, width, height)
        return super().paint(width, height) if alone is None else alone

    def _alone(
        self, subject: Subject, look: Appearance, light: Category | None, width: int, height: int
    ) -> Canvas | None:
        """What is shown without the page, or None."""
        if not subject.worn:
            return picture(subject, self._behind() or look.page, width, height)
        if light in PULP and height < HIGH:
            if light is not Category.BIGPULP_HAT and subject.category in PULP:
                # What it is about would be hidden, or left no room for.
                look = look.wearing({Category.BIGPULP_HAT: DEFAULT[Category.BIGPULP_HAT]})
            return pulp_alone(look, width, height)
        return None


@lru_cache(maxsize=32)
def pulp_alone(look: Appearance, width: int, height: int) -> Canvas:
    """BigPulp without the card, where there is no room for the two. Don't paint on it."""
    canvas = Canvas(width, height, look.page)
    draw_pulp(canvas, Region(0, 0, width, height), look, WORDS)
    return canvas


@lru_cache(maxsize=32)
def picture(subject: Subject, page: str, width: int, height: int) -> Canvas:
    """A player item's picture in the middle, as large as there is room. Don't paint on it."""
    canvas = Canvas(width, height, page)
    try:
        pixels = parse(subject.sprite).rows
    except ValueError:
        pixels = ()
    if not pixels:
        sign = cut(subject.emoji, 2) or "?"
        canvas.put((width - cell_len(sign)) // 2, height // 2, sign, Pen(ink_on(page)))
        return canvas
    scale = max(1, min(LARGEST, width // len(pixels[0]), 2 * height // len(pixels)))
    rows = tuple(
        tuple(pixel for pixel in row for _ in range(scale)) for row in pixels for _ in range(scale)
    )[: 2 * height]
    canvas.pixels((width - len(rows[0])) // 2, (height - len(rows) // 2) // 2, rows)
    return canvas
