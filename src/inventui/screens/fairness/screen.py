"""Fairness: the seeds, what was promised, and the proof that it was kept.

A pair of seeds is active until it is rotated: then its server seed is revealed, and everything
that was rolled with it can be checked. Verifying computes every roll again; an exported proof
holds what anyone else needs to do the same.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from inventui import config
from inventui.db.errors import WorldError
from inventui.rules.cases.fairness import CLIENT_SEED_LENGTH, check_client_seed
from inventui.rules.core.clock import to_datetime
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.withdrawals.certificate import fingerprint
from inventui.screens.fairness.text import (
    NONE_RETIRED,
    active_text,
    how_text,
    lost_counts,
    retired_text,
)
from inventui.widgets.frame.actions import Action
from inventui.widgets.frame.empty_pane import EmptyPane
from inventui.widgets.frame.own_keys import said_with_own_keys
from inventui.widgets.frame.room import Room
from inventui.widgets.frame.toasts import copy
from inventui.widgets.frame.workers import OPENING
from inventui.widgets.lists.menu import Menu, MenuItem
from inventui.widgets.session import ROTATED
from inventui.widgets.text import LABEL_EDGES, counted, fitting_words
from inventui.widgets.theme import ago

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.engine.cases.models import MissCount
    from inventui.engine.fairness.models import FairnessState, ProofExport, Rotation, SeedPair
    from inventui.engine.player import PlayerHandle

NO_SEED = Refusal(
    Reason.NOTHING_TO_DO, "No pair is retired yet: rotate, and the server seed is revealed."
)

AIRY = 24
"""Lines of the terminal from which blank ones part what stands here."""

RETIRED = 100
"""Most retired pairs that are listed; a proof file holds all of them."""


def look_up(player: PlayerHandle) -> tuple[FairnessState, str]:
    """A player's pairs, and the fingerprint of the world's key. Blocks: for a thread."""
    from inventui.engine.withdrawals.world_key import public_key

    key = None
    # Where there is none, or what is kept is none, the pairs can still be seen.
    with suppress(WorldError):
        key = public_key(player.world)
    return player.fairness.show(retired=RETIRED), fingerprint(key) if key else ""


class FairnessRoom(Room):
    """The active pair, the retired ones, and what can be done with them."""

    ROOM = "fairness"
    TITLE_TEXT = "Fairness"
    ACTIONS: ClassVar[tuple[Action[FairnessRoom], ...]] = (
        Action("fairness-verify", "v", "Verify", "Check every roll that you ever made",
               lambda room: room.verify()),
        Action("fairness-rotate", "r", "Rotate", "Reveal the seed, start the next pair",
               lambda room: room.rotate()),
        Action("fairness-client", "c", "Client seed", "Take a seed of your own",
               lambda room: room.ask_client_seed()),
        Action("fairness-export", "x", "Export", "Write a proof that anyone can check",
               lambda room: room.export_proof()),
        Action("fairness-copy", "y", "Copy", "Copy the hash that the active pair was promised with",
               lambda room: room.copy_hash(), footer=False),
        Action("fairness-copy-seed", "Y", "Copy seed", "Copy the revealed seed of the pair here",
               lambda room: room.copy_seed(), legal=lambda room: room.why_no_seed(), footer=False),
    )  # fmt: skip
    HELP = (
        "Every roll comes from three things: a secret server seed, whose hash stands here "
        "before you play; a client seed, which you may choose; and the nonce, which counts "
        "your rolls. Rotating ends a pair: its server seed is revealed, and anyone can "
        "compute every roll again. Changing the client seed rotates too. Verify checks four "
        "things: that each revealed seed has the hash that was promised, that each roll "
        "follows from its seeds, that the odds are those that were shown, and that the thing "
        "won is the one that you were given. A proof file holds all of it: check it with "
        "inventui verify FILE, or with a script of your own. Certificates are signed with the "
        "key of this world, whose fingerprint stands under the active pair."
    )
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#retired"

    def __init__(self) -> None:
        self._state: FairnessState | None = None
        self._key = ""
        super().__init__()

    def compose_room(self) -> ComposeResult:
        """Active pair, explanation, retired pairs with the chosen one beside them."""
        with Vertical(id="active", classes="pane") as active:
            active.border_title = "Active pair"
            yield Static(id="pair")
        yield Static(id="how")
        with Horizontal(id="past"):
            with Vertical(id="pairs", classes="pane") as pairs:
                pairs.border_title = "Retired"
                yield Menu(id="retired", choosable=False)
            with Vertical(id="seen", classes="pane") as seen:
                seen.border_title = "Revealed"
                yield Static(id="revealed")
            yield EmptyPane(id="none", classes="pane")

    def refresh_room(self) -> None:
        """Ask for the pairs."""
        player = self.session.player
        if player is not None:
            self.ask(lambda: look_up(player), self._seen)

    def _seen(self, seen: tuple[FairnessState, str]) -> None:
        self._state, key = seen
        state = self._state
        self._key = key
        menu = self.query_one(Menu)
        now = self.session.now()
        menu.offer(
            [
                MenuItem(
                    str(pair.number),
                    f"Pair {pair.number} · {pair.nonce:,} roll{'' if pair.nonce == 1 else 's'}",
                    ago(pair.retired_at or now, now),
                )
                for pair in state.retired
            ],
            at=None if menu.cursor else 0,
        )
        self._show()

    def on_resize(self) -> None:
        """Cut to the new size; where there are few lines none stays blank."""
        self.set_class(self.size.height < AIRY, "-tight")
        self.call_after_refresh(self._show)

    def on_menu_moved(self) -> None:
        """Show another pair."""
        self._show()

    def _show(self) -> None:
        state = self._state
        if state is None:
            return
        pair, how = self.query_one("#pair", Static), self.query_one("#how", Static)
        active = self.query_one("#active")
        active.border_title = f"Active pair {state.active.number}"
        if self._key:
            cells = active.outer_size.width - LABEL_EDGES
            words = fitting_words(cells, f"key of this world {self._key}", f"key {self._key}")
            active.border_subtitle = Content(words)
        pair.update(active_text(state, pair.content_size.width))
        how.update(how_text(how.content_size.width))
        self.query_one("#past").set_class(not state.retired, "-none")
        chosen = self._retired()
        if chosen is None:
            none = self.query_one(EmptyPane)
            none.border_title = "Retired pairs"
            none.update(Content(said_with_own_keys(self, NONE_RETIRED)))
            return
        revealed = self.query_one("#revealed", Static)
        self.query_one("#seen").border_title = f"Pair {chosen.number}"
        revealed.update(retired_text(chosen, revealed.content_size.width))

    def _retired(self) -> SeedPair | None:
        """The retired pair under the cursor."""
        retired = self._state.retired if self._state is not None else ()
        return retired[min(self.query_one(Menu).cursor, len(retired) - 1)] if retired else None

    # What can be done

    def copy_hash(self) -> None:
        """Copy the commitment of the active pair."""
        if self._state is not None:
            copy(self, self._state.active.server_seed_hash, "the seed hash of the active pair")

    def why_no_seed(self) -> Refusal | None:
        """None if a revealed seed is on show."""
        return None if self._retired() is not None else NO_SEED

    def copy_seed(self) -> None:
        """Copy the server seed that the pair under the cursor revealed."""
        pair = self._retired()
        if pair is not None:
            copy(self, pair.server_seed or "", f"the server seed of pair {pair.number}")

    def verify(self) -> None:
        """Check everything."""
        from inventui.screens.fairness.verify import VerifyScreen

        player = self.session.player
        if player is not None:
            self.app.push_screen(VerifyScreen(player))

    def rotate(self) -> None:
        """Ask, then rotate."""
        from inventui.widgets.frame.dialogs import ConfirmDialog

        player, state = self.session.player, self._state
        if player is None or state is None or self.acting():
            return
        key = uuid4().hex

        def answered(yes: bool | None) -> None:
            if yes:
                self.act(lambda: player.fairness.rotate(key=key), self._rotated, changes=ROTATED)

        def ask(counts: tuple[MissCount, ...]) -> None:
            text = (
                f"Pair {state.active.number} ends after {counted(state.active.nonce, 'roll')} and "
                "its server seed is revealed. The next pair starts at nonce 0, with the hash that "
                f"you see now as the next.{lost_counts(counts)}"
            )
            self.app.push_screen(
                ConfirmDialog("Rotate the seed pair?", text, yes="Rotate"), answered
            )

        self.ask(player.cases.misses, ask, group=OPENING)

    def _rotated(self, rotation: Rotation) -> None:
        self.query_one(Menu).move_to(0)
        self.app.notify(
            f"Pair {rotation.retired.number} is retired and its server seed revealed. "
            f"Pair {rotation.active.number} is active.",
            markup=False,
        )

    def ask_client_seed(self) -> None:
        """Ask for a client seed; taking it rotates."""
        from inventui.widgets.frame.dialogs import InputDialog

        player, state = self.session.player, self._state
        if player is None or state is None:
            return
        intent = uuid4().hex

        def ask(counts: tuple[MissCount, ...]) -> None:
            self.app.push_screen(
                InputDialog(
                    "Your client seed",
                    "Anything that only you would think of, up to 64 characters. The active pair "
                    "is retired, its server seed revealed, and the next begins with your text."
                    f"{lost_counts(counts)}",
                    value=state.active.client_seed,
                    yes="Use it",
                    longest=CLIENT_SEED_LENGTH,
                    check=check_client_seed,
                    operation=take,
                ),
                taken,
            )

        def taken(rotation: Rotation | None) -> None:
            if rotation is not None:
                self._rotated(rotation)

        def take(seed: str) -> Rotation | Refusal:
            # Another text is another intent: it needs a key of its own.
            return player.fairness.rotate(seed, key=f"{intent}-{hash(seed) & 0xFFFFFFFF:x}")

        self.ask(player.cases.misses, ask, group=OPENING)

    def export_proof(self) -> None:
        """Ask where to, then write the proof."""
        from inventui.widgets.frame.dialogs import InputDialog

        player, kind = self.session.player, self.session.kind
        if player is None:
            return

        def written(export: ProofExport | None) -> None:
            if export is not None:
                pairs = "1 pair" if export.pairs == 1 else f"{export.pairs:,} pairs"
                rolls = "1 roll" if export.rolls == 1 else f"{export.rolls:,} rolls"
                self.app.notify(
                    f"Written to {kind.shown_path(export.path)}: {pairs}, {rolls}. Anyone can "
                    "check it with: inventui verify FILE",
                    title="Proof", markup=False,
                )  # fmt: skip

        def write(path: str) -> ProofExport | Refusal:
            done = player.fairness.export(kind.file_path(path))
            if isinstance(done, Refusal):
                return replace(done, message=kind.told(done.message))
            return done

        name = f"inventui-proof-{to_datetime(self.session.now()):%Y-%m-%d-%H%M%S}.json"
        self.app.push_screen(
            InputDialog(
                "Export a proof",
                "Every retired pair with its rolls and odds, as a file that can be checked "
                "without this game. An existing file is never replaced.",
                value=kind.shown_path(config.documents_dir() / name),
                yes="Write it",
                operation=write,
            ),
            written,
        )
