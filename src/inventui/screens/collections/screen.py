"""Collections: what each case can give is a set; who holds all of it is rewarded, once.

A piece counts while it is held, worn, listed or offered. The left list has the cursor of the
sets, the wall that of the pieces; both stay when the sets are read again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from inventui.rules.core.refusal import Reason, Refusal
from inventui.screens.collections.text import (
    completed_words,
    piece_words,
    set_words,
    why_not_complete,
)
from inventui.screens.collections.wall import LARGE, SMALL, PieceWall, SetList
from inventui.screens.shared.searching import SEARCH, SearchLine
from inventui.widgets.canvas.sized_picture import SizedPicture
from inventui.widgets.entries import Place
from inventui.widgets.frame.actions import Action
from inventui.widgets.frame.room import Room
from inventui.widgets.frame.toasts import ToastKind, toast
from inventui.widgets.lists.item_list import ItemList

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from inventui.engine.workshop.models import CollectionView, Completed

STACKED = 72
"""Columns below which the wall stands below the list."""

ROOMY = (100, 34)
"""Cells from which the pieces have their full size."""

BAR, WIDE_BAR = 16, 30
"""Cells of a set's bar, in a narrow terminal and in others."""

NO_SET = Refusal(Reason.NOTHING_TO_DO, "There is no set under the cursor.")
WALLET = Place("wallet", "See it in your wallet")


class CollectionsRoom(Room):
    """Sets at the left, the pieces of the one under the cursor at the right."""

    ROOM = "collections"
    TITLE_TEXT = "Collections"
    ACTIONS: ClassVar[tuple[Action[CollectionsRoom], ...]] = (
        Action("take-reward", "enter", "Take reward", "Take the reward of a complete set",
               lambda room: room.take(), legal=lambda room: room.why_not_take),
        Action("pieces", "tab", "Pieces", "Look at the pieces one by one, and back",
               lambda room: room.pieces(), legal=lambda room: room.why_no_set),
        Action("set-case", "c", "Case", "Go to the case that gives these",
               lambda room: room.go_to_case(), legal=lambda room: room.why_no_set),
        Action("next-missing", "m", "Next missing", "To the next piece that you lack",
               lambda room: room.next_missing(), legal=lambda room: room.why_none_missing),
        SEARCH,
    )  # fmt: skip
    HELP = (
        "What a case can give is a set. A piece counts while you hold it: worn, listed or "
        "offered too. What you lack is an outline with its chance in the case; a brighter one "
        "was yours once. When every piece of a set is yours at the same time, enter takes its "
        "reward, once; the pieces stay with you, and what becomes of them afterwards is no "
        "matter. → or tab moves into the pieces, escape comes back."
    )
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "SetList"

    def __init__(self) -> None:
        self._sets: tuple[CollectionView, ...] | None = None
        self._shown = ""
        super().__init__()

    def compose_room(self) -> ComposeResult:
        """Search, list and wall."""
        yield SearchLine("words of a set or a piece, r:rare, <5000", self._show_found, SetList)
        with Horizontal(id="panes"):
            yield SetList(id="sets")
            yield Static(id="none", classes="pane")
            with Vertical(id="set", classes="pane"):
                yield SizedPicture(id="about")
                yield PieceWall(id="wall")
                yield Static(id="piece")

    def on_mount(self) -> None:
        """Nothing is known yet."""
        self.sets.border_title = "Collections"
        self._show()

    @property
    def sets(self) -> SetList:
        """The list."""
        return self.query_one(SetList)

    @property
    def wall(self) -> PieceWall:
        """The pieces."""
        return self.query_one(PieceWall)

    def forget(self) -> None:
        """Show another player nothing of the one before."""
        super().forget()
        self._shown = ""

    def refresh_room(self) -> None:
        """Look at the sets again; the cursors stay."""
        player = self.session.player
        if player is not None:
            self.ask(player.collections.list, self._seen, group="sets")

    def _seen(self, sets: tuple[CollectionView, ...]) -> None:
        self._sets = sets
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        """Where it is narrow the panes stand one above the other."""
        self.set_class(event.size.width < STACKED, "-stacked")
        roomy = event.size.width >= ROOMY[0] and event.size.height >= ROOMY[1]
        self.wall.lay_out(LARGE if roomy else SMALL)
        self.call_after_refresh(self._show_set)

    # Showing

    def _show(self) -> None:
        sets, listed = self._sets or (), self.sets
        wanted = self.session.take_case() if sets else ""
        line = self.query_one(SearchLine)
        if wanted:
            line.close()
        sets = tuple(view for view in sets if not line.sought or self.finds(view))
        at = next((index for index, view in enumerate(sets) if view.slug == wanted), None)
        listed.offer(sets, self.session.now(), at)
        done = sum(view.done_at is not None for view in sets)
        listed.border_subtitle = f"{done} of {len(sets)} complete" if sets else ""
        none = self.query_one("#none", Static)
        words = "There is nothing to collect in this world: its content pack has no cases."
        if self._sets is None:
            words = "Looking at the shelves …"
        elif self._sets:
            words = f"No set or piece is called “{line.sought}”. Escape shows all of them again."
        none.update(Content(words))
        none.display = not sets
        listed.display = self.query_one("#set").display = bool(sets)
        self._show_set()

    def _show_set(self) -> None:
        view = self.sets.row
        if view is None:
            self.refresh_bindings()
            return
        pane = self.query_one("#set")
        pane.border_title = Content(view.name)
        cells = BAR if self.has_class("-narrow") else WIDE_BAR
        self.query_one(SizedPicture).show(lambda width, _: set_words(view, cells, width))
        self.wall.show_set(view, keep=view.slug == self._shown)
        self._shown = view.slug
        self.refresh_bindings()

    def finds(self, view: CollectionView) -> bool:
        """Whether a set is called so, or a piece of it is one that is looked for."""
        line = self.query_one(SearchLine)
        called = line.sought.casefold() in view.name.casefold()
        return called or any(line.search.finds(piece, piece.value) for piece in view.pieces)

    def _show_found(self) -> None:
        """The sets that are found; of the first, the first piece that is looked for."""
        self._show()
        view, line = self.sets.row, self.query_one(SearchLine)
        at = (
            []
            if view is None or not line.sought
            else [
                index
                for index, piece in enumerate(view.pieces)
                if line.search.finds(piece, piece.value)
            ]
        )
        if at:
            self.wall.move_to(at[0])

    def on_row_list_moved(self) -> None:
        """Another set."""
        self._show_set()

    @on(ItemList.Pointed)
    @on(ItemList.Loaded)
    def _pointed(self) -> None:
        piece = self.wall.piece
        view, words = self.sets.row, Content("")
        if view is not None and piece is not None:
            words = piece_words(piece, done=view.done_at is not None)
        self.query_one("#piece", Static).update(words, layout=False)

    # Moving

    def pieces(self) -> None:
        """Into the pieces, or back to the sets."""
        (self.sets if self.wall.has_focus else self.wall).focus()

    def next_missing(self) -> None:
        """The cursor on the next piece that is missing, round the end."""
        view, wall = self.sets.row, self.wall
        if view is None:
            return
        count = len(view.pieces)
        after = [(wall.cursor + step) % count for step in range(1, count + 1)]
        wall.focus()
        wall.move_to(next(i for i in after if not view.pieces[i].held))

    def action_back(self) -> None:
        """Out of the pieces, then of the search, then home."""
        if self.wall.has_focus:
            self.sets.focus()
        elif not self.query_one(SearchLine).close():
            super().action_back()

    def go_to_case(self) -> None:
        """To the case that gives these pieces."""
        view = self.sets.row
        if view is not None:
            self.session.case = view.slug
            self.enter_room("cases")

    # The reward

    @property
    def why_no_set(self) -> Refusal | None:
        """None if there is a set under the cursor."""
        return NO_SET if self.sets.row is None else None

    @property
    def why_not_take(self) -> Refusal | None:
        """Why there is no reward to take, or None if there is one."""
        view = self.sets.row
        if view is None:
            return NO_SET
        refusal = view.refusal
        if refusal is None:
            return None
        return Refusal(refusal.reason, why_not_complete(view), refusal.figures)

    @property
    def why_none_missing(self) -> Refusal | None:
        """None if a piece is missing of the set under the cursor."""
        view = self.sets.row
        if view is None:
            return NO_SET
        if view.held < len(view.pieces):
            return None
        return Refusal(Reason.NOTHING_TO_DO, f"Nothing is missing of {view.name}.")

    def on_key(self, event: events.Key) -> None:
        """→ leads from the sets into the pieces."""
        if event.key == "right" and self.sets.has_focus and self.sets.row is not None:
            event.stop()
            event.prevent_default()
            self.wall.focus()

    def on_row_list_chosen(self) -> None:
        """A double click looks at the pieces."""
        self.wall.focus()

    def take(self) -> None:
        """Take the reward of the set under the cursor."""
        view, player, key = self.sets.row, self.session.player, uuid4().hex
        if view is None or player is None:
            return
        self.act(
            lambda: player.collections.complete(view.slug, key),
            lambda done: self._taken(done, view), group="take",
        )  # fmt: skip

    def _taken(self, done: Completed, view: CollectionView) -> None:
        from inventui.screens.collections.reward import CompletedScreen

        def seen(_: object) -> None:
            toast(self, completed_words(done), ToastKind.SUCCESS, title="✓ Complete", place=WALLET)

        self.app.push_screen(CompletedScreen(done, view), seen)
