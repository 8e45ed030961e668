"""Withdrawals: what left the world, and where its certificate lies.

A withdrawal is final before its certificate is written: a file that can't be written stays
pending, and is tried again at each start and with a key.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import on
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from inventui import config
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.withdrawals.withdrawals import LEAST_VALUE, WithdrawalState
from inventui.screens.withdrawals.dialogs import show_certificate
from inventui.widgets.frame.actions import Action, KeyRefusal
from inventui.widgets.frame.empty_pane import EmptyPane
from inventui.widgets.frame.own_keys import said_with_own_keys
from inventui.widgets.frame.room import Room
from inventui.widgets.frame.toasts import ToastKind, copy, toast
from inventui.widgets.lists.row_list import RowList
from inventui.widgets.session import session_of
from inventui.widgets.session_kind import YOUR_FILES, SessionKind
from inventui.widgets.text import cut_words, fitting_words
from inventui.widgets.theme import DIM, MARKER, ago, exact, money, rarity_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from inventui.engine.withdrawals.models import Delivery, WithdrawalLine

NOTHING = (
    "Nothing has left this world yet. What you withdraw stands here with its certificate, signed "
    "with this world's key: it proves where the thing came from, and how it was rolled, to anyone "
    "and without the game.\n\n$everywhere.group-things=3 leads to the inventory: with "
    f"$inventory.withdraw=w a thing worth {LEAST_VALUE:,} oranges or more is withdrawn. It does "
    "not come back."
)
INDENT, DETAILS = 6, 24
"""Cells before the second line of a withdrawal, and of it for what was said of it."""
NOT_WRITTEN = KeyRefusal(
    Reason.NOTHING_TO_DO, "Its certificate is still to be written. Try again with $try-again."
)
NOTHING_HERE = Refusal(Reason.NOTHING_TO_DO, "There is nothing under the cursor.")
NONE_OWED = Refusal(Reason.NOTHING_TO_DO, "Every certificate is written.")


def withdrawal_rows(
    line: WithdrawalLine, now: int, width: int, *, current: bool,
    kind: SessionKind = SessionKind.OWNER,
) -> tuple[Content, Content]:  # fmt: skip
    """A withdrawal in two lines: what it was and when; where it lies, and its details."""
    left = Content.styled(f"{MARKER if current else ' '} ", "$primary")
    left += rarity_mark(line.rarity) + " "
    right = money(line.value) + Content.styled(f" {ago(line.at, now):>10} ", DIM)
    room = max(4, width - left.cell_length - right.cell_length - 1)
    name = Content(line.name).truncate(room, ellipsis=True)
    gap = " " * max(1, width - left.cell_length - name.cell_length - right.cell_length)
    path = PurePath(kind.shown_path(line.path))
    # What was engraved gives way to where it lies, but for its first words.
    details = min(DETAILS, cell_len(line.details) + 3) if line.details else 0
    shorter = f"…/{path.parent.name}/{path.name}", f"…/{path.name}", path.name
    where = Content(fitting_words(width - INDENT - details, str(path), *shorter))
    if line.state is WithdrawalState.PENDING:
        where = Content.styled("pending: its certificate is still to be written", "$warning")
    second = Content(" " * INDENT) + where.stylize(DIM)
    if line.details:
        said = cut_words(f" · {line.details}", width - second.cell_length)
        second += Content.styled(said, f"italic {DIM}")
    return left + name + gap + right, second.truncate(width, ellipsis=True)


def about(line: WithdrawalLine, waits: str, kind: SessionKind) -> Content:
    """All that is to be said of a withdrawal, with its path in full; `waits` if it has none."""
    key = "bold $primary"
    lines = [
        rarity_mark(line.rarity) + " " + Content.styled(line.name, "bold"),
        money(line.value) + Content.styled(f"  withdrawn {exact(line.at)}", DIM),
    ]
    if line.state is WithdrawalState.PENDING:
        lines.append(Content(waits))
    else:
        proves = " and this path prove it, without a world."
        if kind is SessionKind.GUEST:
            proves = f" proves it once you have taken it home ({YOUR_FILES})."
        lines.append(Content.styled(kind.shown_path(line.path), DIM))
        lines.append(Content.assemble(("inventui verify", key), proves))
    if line.details:
        lines.append(Content.styled(f"“{line.details}”", "italic"))
    return Content("\n").join(lines)


class WithdrawalList(RowList["WithdrawalLine"]):
    """Withdrawals, two lines each, the newest first."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(lambda line: line.id, lines=2, id=id)

    def draw_row(self, row: WithdrawalLine, width: int, *, current: bool) -> Sequence[Content]:
        """What it was; where it lies."""
        kind = session_of(self).kind
        return withdrawal_rows(row, self.now, width, current=current, kind=kind)


class WithdrawalsRoom(Room):
    """One list."""

    ROOM = "withdrawals"
    TITLE_TEXT = "Withdrawals"
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#withdrawals"

    HELP = (
        "What you have taken out of the world, the newest first. A certificate is a JSON "
        "document, which inventui verify checks without any world, and a picture beside it. One "
        "that could not be written stays pending: it is tried again at each start, or with "
        "$try-again. $folder leads to the folder where they lie. With $write-again one is written "
        "once more: where its file is gone, or its roll can be proved now."
    )

    ACTIONS: ClassVar[tuple[Action[WithdrawalsRoom], ...]] = (
        Action("show-card", "enter,s", "Show", "Open the certificate's picture",
               lambda room: room.show_card(), legal=lambda room: room.why_not_show()),
        Action("folder", "o", "Folder", "Open the folder of certificates",
               lambda room: room.open_folder(),
               named=lambda room: "Folder" if room.owns else "Copy folder"),
        Action("try-again", "t", "Try again", "Write what is still pending",
               lambda room: room.try_again(), legal=lambda room: None if room.owed else NONE_OWED),
        Action("write-again", "w", "Write again", "Write this certificate once more, as of today",
               lambda room: room.write_again(), legal=lambda room: room.why_not_show()),
        Action("copy-path", "y", "Copy path", "Copy where this certificate lies",
               lambda room: room.copy_path(), legal=lambda room: room.why_not_show(), footer=False),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[WithdrawalLine, ...] | None = None

    def compose_room(self) -> ComposeResult:
        """The list, or why there is none."""
        with Container(id="both"):
            yield WithdrawalList(id="withdrawals")
            yield Static(id="about")
        yield EmptyPane(id="none")

    def on_mount(self) -> None:
        """Nothing is known yet."""
        self._show()

    def refresh_room(self) -> None:
        """Ask for the list again."""
        player = self.player
        self.ask(player.withdrawals.list, self._seen)

    def _seen(self, lines: tuple[WithdrawalLine, ...]) -> None:
        self._lines = lines
        self._show()

    @property
    def owed(self) -> int:
        """How many certificates are still to be written."""
        return sum(line.state is WithdrawalState.PENDING for line in self._lines or ())

    def _show(self) -> None:
        lines, listed = self._lines, self.query_one(WithdrawalList)
        listed.offer(lines or (), self.session.now())
        none = self.query_one("#none", Static)
        words = said_with_own_keys(self, NOTHING) + self._dearest()
        none.update(Content("Looking them up …" if lines is None else words))
        self.query_one("#both").display, none.display = bool(lines), not lines
        title = "Withdrawals" + (f" · {self.owed} pending" if self.owed else "")
        listed.border_title = none.border_title = title
        self._say_when()

    def _dearest(self) -> str:
        """How near the player is to a first withdrawal; nothing until that is known."""
        statistics = self.session.statistics
        if statistics is None:
            return ""
        best = statistics.highest_value
        enough = "that is enough" if best >= LEAST_VALUE else "that is not enough yet"
        return f" The dearest thing of yours is worth {best:,}: {enough}." if best else ""

    @on(RowList.Moved)
    def _say_when(self) -> None:
        line = self.query_one(WithdrawalList).row
        pane = self.query_one("#about", Static)
        pane.border_title = "Certificate"
        waits = said_with_own_keys(self, NOT_WRITTEN.message)
        pane.update(Content("") if line is None else about(line, waits, self.session.kind))
        self.refresh_bindings()

    @on(RowList.Chosen)
    def _double_clicked(self) -> None:
        self.show_card()

    def why_not_show(self) -> Refusal | None:
        """None if the withdrawal under the cursor has a certificate that is written."""
        line = self.query_one(WithdrawalList).row
        if line is None:
            return NOTHING_HERE
        return None if line.path else NOT_WRITTEN

    def show_card(self) -> None:
        """Open the picture."""
        line = self.query_one(WithdrawalList).row
        if line is not None and line.path:
            show_certificate(self.app, line.path)

    @property
    def owns(self) -> bool:
        """Whether the certificates lie on the player's own machine."""
        return self.session.kind is SessionKind.OWNER

    def open_folder(self) -> None:
        """Open the folder of certificates; who plays elsewhere gets its path to copy."""
        folder = config.certificates_dir().absolute()
        if not self.owns:
            where = self.session.kind.shown_path(folder)
            copy(self, where, f"the folder of your certificates ({YOUR_FILES})")
        elif folder.is_dir():
            self.app.open_url(folder.as_uri())
            toast(self, f"Opened {folder}", ToastKind.INFO)
        else:
            toast(
                self, f"There is no certificate yet: {folder} comes with the first.", ToastKind.INFO
            )

    def copy_path(self) -> None:
        """Copy the path of the certificate under the cursor."""
        line = self.query_one(WithdrawalList).row
        if line is not None and line.path:
            path = self.session.kind.shown_path(line.path)
            copy(self, path, f"the path of {line.name}'s certificate")

    def write_again(self) -> None:
        """Write the certificate under the cursor once more: the file may be gone, or prove less."""
        player, line = self.session.player, self.query_one(WithdrawalList).row
        kind = self.session.kind
        if player is None or line is None:
            return

        def done(delivery: Delivery) -> None:
            path = kind.shown_path(delivery.path)
            words = f"The certificate of {delivery.name} is written: {path}"
            toast(self, words, ToastKind.SUCCESS)

        self.act(
            lambda: player.withdrawals.write_again(line.id, config.certificates_dir()),
            done,
            refused=lambda refusal: self.say_refusal(
                replace(refusal, message=kind.told(refusal.message))
            ),
        )

    def try_again(self) -> None:
        """Write what is owed."""
        player = self.player

        def done(deliveries: tuple[Delivery, ...]) -> None:
            for delivery in deliveries:
                if delivery.trouble:
                    trouble = self.session.kind.told(delivery.trouble)
                    toast(self, trouble, ToastKind.ERROR)
                else:
                    toast(
                        self, f"The certificate of {delivery.name} is written.", ToastKind.SUCCESS
                    )

        self.act(lambda: player.withdrawals.deliver(config.certificates_dir()), done)
