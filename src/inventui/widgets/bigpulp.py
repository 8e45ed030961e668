"""BigPulp, the orange who keeps the market: his picture and what he says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from inventui.rules.clock import DAY
from inventui.widgets.sprite import sprite_lines

if TYPE_CHECKING:
    from inventui.engine.models import CaseSummary, PlayerCard

PULP = """o=#ff9a2e d=#d9741a h=#ffc477 l=#7cc04f g=#4b8a33 k=#20160f w=#fff5e6 m=#7a2f12 r=#ff7a5c
.......lll....
.....glllll...
...ooogoooo...
..ohhooooooo..
.ohhooooooood.
.ohoooooooood.
ooowwooowwoood
ooowkooowkoood
oooooooooooood
orroomoomoorrd
.oooommmmoood.
.ooooooooodd..
..oooooooddd..
....ooodd.....
"""
"""His face, 14 × 14 pixels."""

TIPS = (
    "Every case shows its odds before you pay. I would read them.",
    "What you win is decided before the reel turns. Skip it with any key.",
    "Lock what you love: locked things can't be sold by accident.",
    "In Fairness you can take a client seed of your own. Nobody can guess it.",
    "A proof file can be checked by anyone, even without this game.",
    "Ten at once is no luckier than ten times one. Only quicker.",
    "Press ? anywhere, and I explain the screen.",
)


def speech(card: PlayerCard, things: int, cheapest: CaseSummary | None, now: int) -> str:
    """One line for how things stand with a player."""
    if cheapest is None:
        return "No case is on sale today. Come back later."
    if things == 0 and card.experience == 0:
        return (
            f"Fresh in the market? A {cheapest.name} costs {cheapest.price:,} oranges. "
            "Press enter, and let's see what is in it."
        )
    if card.oranges < cheapest.price:
        if things:
            return "The purse is thin. Sell a thing or two, and the stalls open again."
        return f"The purse is empty. The cheapest case costs {cheapest.price:,} oranges."
    standing = card.standing
    if standing.ceiling is not None and standing.progress >= 0.9:
        return f"Only {standing.ceiling - standing.experience:,} xp to your next rank!"
    return TIPS[now // DAY % len(TIPS)]


class BigPulp(Widget):
    """His face, with what he says beside it; one widget, for he stands on the first screen."""

    DEFAULT_CSS = """
    BigPulp { height: 7; width: 1fr; }
    """

    def __init__(self, words: str = "", *, id: str | None = None) -> None:
        self.words = words
        super().__init__(id=id)

    def say(self, words: str) -> None:
        """Say something else."""
        self.words = words
        self.refresh()

    def render(self) -> Content:
        """Face and words, the words in the middle of the height."""
        face = sprite_lines(PULP)
        room = self.content_size.width - face[0].cell_length - 2
        said = Content(self.words).wrap(room) if room > 4 else []
        above = max(0, (len(face) - len(said)) // 2)
        words = [Content("")] * above + said[: len(face)]
        words += [Content("")] * (len(face) - len(words))
        return Content("\n").join(
            line + "  " + spoken.rstrip() for line, spoken in zip(face, words, strict=False)
        )
