"""The card beside the list: what is pointed at, on the player or as a picture, and its facts."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.content import Content

from inventui.rules.core.categories import COSMETICS
from inventui.rules.core.refusal import Refusal
from inventui.screens.shared.player_items import look_closer
from inventui.widgets.frame.workers import background
from inventui.widgets.items.card_preview import CardPreview
from inventui.widgets.player.card_facts import own_facts
from inventui.widgets.player.collection import faces_of_items
from inventui.widgets.player.try_on import Model, Subject, TryOn

if TYPE_CHECKING:
    from collections.abc import Callable

    from inventui.engine.inventory.models import ItemDetail, ItemLine
    from inventui.screens.inventory.items import OwnItems

PAUSE = 0.04
"""Seconds that the cursor rests before what it points at is read."""


class ItemCard:
    """Shows one of the player items of a list.

    Args:
        items: the list.
        known: is called when all of the player item is known.
    """

    def __init__(self, items: OwnItems, known: Callable[[], object]) -> None:
        self.items, self.room, self.known = items, items.room, known

    def show(self, row: ItemLine | None) -> None:
        """Show its picture at once, and its facts once the cursor rests."""
        self._mirror(row)

        async def look() -> None:
            await self._look(row)

        background(self.room, look, group="card", exclusive=True)

    async def _look(self, row: ItemLine | None) -> None:
        player, worn = self.room.session.player, None
        detail: ItemDetail | Refusal | None = None
        if row is not None and player is not None:
            await asyncio.sleep(PAUSE)
            try:
                detail, worn = await asyncio.to_thread(
                    look_closer, player, self.room.session.worn, row.id
                )
            except Exception as error:
                self.room.say_world_error(error)
                return
        self.items.detail = None if isinstance(detail, Refusal) else detail
        card = self.room.query_one(CardPreview)
        card.pictured = row is None or row.category not in COSMETICS
        card.worn = worn
        card.detail = self.items.detail
        card.refresh()
        name = "" if self.items.detail is None else self.items.detail.line.name
        self.room.query_one("#preview").border_title = Content(name)
        self.known()

    def _mirror(self, row: ItemLine | None) -> None:
        """Show the player with the player item on; what is no cosmetic has a picture instead."""
        mirror = self.room.query_one(TryOn)
        worn = row is not None and row.category in COSMETICS
        if mirror.display != worn:
            mirror.display = worn
        facts = own_facts(self.room.session)
        if row is not None and worn and facts is not None:
            listed = self.items.listed
            seen = [listed.pages.row(index) for index in range(min(12, listed.count))]
            model = Model(
                facts, self.room.session.appearance,
                faces_of_items(line for line in seen if line is not None),
            )  # fmt: skip
            mirror.try_on(Subject(row.category, row.style), model)
