"""Painted: only the lines that have changed are drawn, wherever the picture stands."""

from __future__ import annotations

import pytest

from inventui.widgets.canvas.canvas import Canvas
from inventui.widgets.colour import Pen
from inventui.widgets.player.canvas_widget import CanvasWidget
from tests.screens.style_samples import OnScreen


class Counter(CanvasWidget):
    """Every line is the same letter."""

    letter = "a"

    def paint(self, width: int, height: int) -> Canvas:
        canvas = Canvas(width, height)
        for y in range(height):
            canvas.put(0, y, self.letter * width, Pen())
        return canvas


@pytest.mark.parametrize("framed", [False, True], ids=["bare", "framed"])
async def test_every_line_that_has_changed_is_drawn_also_in_a_frame(framed: bool) -> None:
    picture = Counter()
    if framed:
        picture.styles.border = ("round", "white")
        picture.styles.padding = (1, 2)
    app = OnScreen(picture)
    async with app.run_test(size=(30, 12)) as pilot:
        await pilot.pause()
        picture.letter = "b"
        picture.repaint()
        await pilot.pause()
        lines = app.screen._compositor.render_strips(app.size)
        seen = "".join(segment.text for line in lines for segment in line)
        assert "a" not in seen
        assert seen.count("b") == picture.content_size.area
