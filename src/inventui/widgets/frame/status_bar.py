"""The bar on top: the player's name, rank, experience, money and unread notifications.

Rank, money and notifications lead to their rooms when they are clicked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from inventui.widgets.session import session_of
from inventui.widgets.text import cut, progress_bar
from inventui.widgets.theme import DIM, GEM, ORANGE

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.events import Click

    from inventui.engine.core.models import PlayerCard

NAME_CELLS = 24
"""Most cells of a name where there is room for everything."""
LEAST_NAME_CELLS = 6
LETTER = "✉"
MOST_UNREAD = 99
"""Beyond that the number itself tells nothing more."""


def leads_to(room: str) -> Style:
    """The mark of what leads to a room when it is clicked."""
    return Style.from_meta({"room": room})


def status_line(
    card: PlayerCard | None, width: int, *, demo: bool = False, unread: int = 0,
    lettered: Callable[[str, int], Content] | None = None,
) -> Content:  # fmt: skip
    """The bar's one line, exactly `width` cells, the money always there.

    What does not fit goes in this order: points, name's length, bar, title, rank.

    Args:
        card: who plays, or None while that is not known.
        width: cells of the line.
        demo: whether the world is thrown away at the end.
        unread: how many notifications wait; none are not spoken of.
        lettered: draws a name in so many cells at most, in the player's own letters.
    """
    left_edge = Content.styled(" inventui ", "bold $primary")
    if demo:
        left_edge += Content.styled(" demo ", "bold reverse $warning") + Content(" ")
    if card is None:
        money = Content.styled(f"{ORANGE} –  {GEM} – ", DIM)
        middle = Content.styled("opening the world …", DIM)
        return _joined(left_edge, middle, money, width)
    money = Content.assemble(
        (f"{ORANGE} {card.oranges:,}", "bold"), "  ", (f"{GEM} {card.gems:,}", "bold"), " "
    ).stylize(leads_to("wallet"))
    if unread:
        waiting = f"{unread:,}" if unread <= MOST_UNREAD else f"{MOST_UNREAD}+"
        letter = Content.assemble(" ", (f"{LETTER} {waiting}", "bold $primary"), " ")
        money += letter.stylize(leads_to("notifications"))
    standing = card.standing
    full, empty = progress_bar(standing.progress)
    rank = Content.styled(standing.rank, "$foreground 80%").stylize(leads_to("achievements"))
    bar = Content.assemble(" ", (full, "$primary"), (empty, "$foreground 40%"))
    points = f" {standing.experience:,} xp"
    if standing.ceiling is not None:
        points = f" {standing.experience:,}/{standing.ceiling:,} xp"
    experience = Content.styled(points, DIM)
    dot = Content.styled(" · ", "$foreground 40%")
    name_cells = cell_len(card.name)
    for edge, tail, longest in (
        (left_edge, dot + rank + bar + experience, NAME_CELLS),
        (left_edge, dot + rank + bar + experience, NAME_CELLS // 2),
        (left_edge, dot + rank + bar, NAME_CELLS // 2),
        (left_edge, dot + rank + bar, LEAST_NAME_CELLS),
        (left_edge, dot + rank, NAME_CELLS // 2),
        (left_edge, dot + rank, LEAST_NAME_CELLS),
        (Content(" "), dot + rank, LEAST_NAME_CELLS),
        (Content(" "), Content(""), LEAST_NAME_CELLS),
    ):
        room = width - edge.cell_length - tail.cell_length - money.cell_length - 2
        if room >= min(name_cells, longest):
            break
    name = Content.styled(cut(card.name, max(1, room)), "bold")
    if lettered is not None:
        name = lettered(card.name, max(1, room))
    return _joined(edge + " ", name + tail, money, width)


def _joined(left: Content, middle: Content, right: Content, width: int) -> Content:
    gap = width - left.cell_length - middle.cell_length - right.cell_length
    return (left + middle + Content(" " * max(1, gap)) + right).truncate(width)


class StatusBar(Widget):
    """Shows the session's player; call `refresh()` when that has changed."""

    DEFAULT_CSS = """
    StatusBar { height: 1; background: $panel; color: $foreground; }
    """

    def render(self) -> Content:
        """The line for the present width."""
        session = session_of(self)
        lettered = self._lettered if session.worn else None
        return status_line(
            session.card, self.size.width, demo=session.demo, unread=session.unread,
            lettered=lettered,
        )  # fmt: skip

    async def _on_click(self, event: Click) -> None:
        """Money, letters and rank lead to their rooms."""
        if slug := event.style.meta.get("room"):
            await self.run_action(f"app.room({slug!r})")

    def _lettered(self, name: str, cells: int) -> Content:
        """The name as the player wears it."""
        from inventui.widgets.colour import runs_content

        back = self.background_colors[1].hex6.lower()
        return runs_content(session_of(self).appearance.name_runs(name, cells, back=back))
