"""A player item for sale in a window, for what the pane has no room for."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from inventui.screens.shop.pane import ShopFacts, subject_of
from inventui.widgets.frame.dialogs import Dialog
from inventui.widgets.player.try_on import TryOn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from inventui.engine.shop.models import ShopLine
    from inventui.screens.shop.gear_text import Rack
    from inventui.widgets.player.try_on import Model


class ShopDetailsDialog(Dialog[None]):
    """Shows one line of the shop; arrows scroll where it is longer than the terminal."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "close", "Close", show=False),
        Binding("j", "app.simulate_key('down')", show=False),
        Binding("k", "app.simulate_key('up')", show=False),
    ]

    DEFAULT_CSS = """
    ShopDetailsDialog #all { height: auto; max-height: 100%; }
    ShopDetailsDialog #picture { height: 8; margin-bottom: 1; }
    ShopDetailsDialog.-tall #picture { height: 14; }
    """

    def __init__(
        self, line: ShopLine, lines: Mapping[str, ShopLine], model: Model | None,
        rack: Rack | None = None,
    ) -> None:  # fmt: skip
        self.line, self.lines, self.model, self.rack = line, lines, model, rack
        super().__init__(line.name)

    def compose_dialog(self) -> ComposeResult:
        """The line with its picture."""
        with VerticalScroll(id="all"):
            yield TryOn(id="picture")
            yield ShopFacts(free=True, id="facts")

    def on_mount(self) -> None:
        """The arrows scroll."""
        self.query_one("#all").focus()
        self.query_one(TryOn).try_on(subject_of(self.line, self.lines), self.model)
        facts = self.query_one(ShopFacts)
        facts.rack = self.rack
        facts.show(self.line, self.lines)
        self.set_interval(1, facts.tick)
