"""A pane with nothing in it yet: what will stand there, which BigPulp says where he has room."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from inventui.widgets.bigpulp.picture import BARE_FACE, figure
from inventui.widgets.canvas.sprite import pixel_lines
from inventui.widgets.session import session_of

ROOMY = Size(90, 14)
"""The least size of a pane in which BigPulp stands beside the words."""

WORDS = 56
"""Most cells of a line beside him."""

GAP = 4
"""Cells between him and the words."""


class EmptyPane(Static):
    """Words at the top; in a roomy pane in its middle, beside BigPulp in what he wears."""

    def render(self) -> Content:
        """The words, or BigPulp and the words."""
        width, height = self.content_size
        text = self.content if isinstance(self.content, Content) else Content(str(self.content))
        if not text or width < ROOMY.width or height < ROOMY.height:
            return text
        session = session_of(self)
        face = pixel_lines(figure(session.appearance) if session.worn else BARE_FACE)
        lines = text.wrap(WORDS)
        high = max(len(face), len(lines))
        left = (width - face[0].cell_length - GAP - max(line.cell_length for line in lines)) // 2
        rows = [Content("")] * ((height - high) // 2)
        for y in range(high):
            beside = y - (high - len(lines)) // 2
            # He stands on the ground, whatever he wears on his head.
            at = y - (high - len(face))
            row = face[at] if at >= 0 else Content(" " * face[0].cell_length)
            said = lines[beside].rstrip() if 0 <= beside < len(lines) else Content("")
            rows.append(Content(" " * left) + row + " " * GAP + said)
        return Content("\n").join(rows)
