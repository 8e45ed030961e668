"""A player item for sale in a window, for what the pane has no room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.screens.shop.pane import ShopFacts, subject_of
from inventui.widgets.frame.dialogs import DetailsDialog
from inventui.widgets.player.try_on import TryOn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from inventui.engine.shop.models import ShopLine
    from inventui.screens.shop.gear_text import Rack
    from inventui.widgets.player.try_on import Model


class ShopDetailsDialog(DetailsDialog):
    """Shows one line of the shop."""

    DEFAULT_CSS = """
    ShopDetailsDialog #picture { height: 8; }
    """

    def __init__(
        self, line: ShopLine, lines: Mapping[str, ShopLine], model: Model | None,
        rack: Rack | None = None,
    ) -> None:  # fmt: skip
        self.line, self.lines, self.model, self.rack = line, lines, model, rack
        super().__init__(line.name)

    def compose_details(self) -> ComposeResult:
        """The line with its picture."""
        yield TryOn(id="picture")
        yield ShopFacts(free=True, id="facts")

    def on_mount(self) -> None:
        """All of it is known."""
        self.query_one(TryOn).try_on(subject_of(self.line, self.lines), self.model)
        facts = self.query_one(ShopFacts)
        facts.rack = self.rack
        facts.show(self.line, self.lines)
        self.set_interval(1, facts.tick)
