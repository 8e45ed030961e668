"""A listing in a window, for what the pane has no room for: the chart, and all the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.screens.bazaar.pane import ListingFacts, subject_of
from inventui.widgets.frame.dialogs import DetailsDialog
from inventui.widgets.player.try_on import TryOn

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.engine.bazaar.models import ListingDetail
    from inventui.engine.inventory.models import ItemDetail
    from inventui.widgets.player.try_on import Model


LOW = 30
"""Lines below which chart and picture don't fit together."""

SLIM = 72
"""Columns below which the room has no pane."""


class ListingDetailsDialog(DetailsDialog):
    """Shows one listing."""

    DEFAULT_CSS = """
    ListingDetailsDialog #picture { height: 6; }
    """

    def __init__(
        self, detail: ListingDetail, model: Model | None, worn: ItemDetail | None = None
    ) -> None:
        self.detail, self.model, self.worn = detail, model, worn
        super().__init__(detail.line.player_item.name)

    def compose_details(self) -> ComposeResult:
        """The player item's picture, and all that is said of the listing."""
        yield TryOn(id="picture")
        yield ListingFacts(free=True, id="facts")

    def on_mount(self) -> None:
        """Where it is low, the picture is left to the pane."""
        mirror, size = self.query_one(TryOn), self.app.size
        mirror.display = size.height >= LOW or size.width < SLIM
        mirror.try_on(subject_of(self.detail.line), self.model)
        self.query_one(ListingFacts).show(self.detail, self.worn)
