"""Another name for who plays."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from inventui.rules.core.text import NAME_LENGTH, TYPED_NAME_LENGTH
from inventui.rules.people.players import check_name, check_name_on_server, normal_name
from inventui.widgets.frame.dialogs import InputDialog
from inventui.widgets.session import SettingsChanged
from inventui.widgets.session_kind import SessionKind

if TYPE_CHECKING:
    from inventui.engine.core.models import PlayerCard
    from inventui.widgets.frame.room import Room


def ask_name(room: Room) -> None:
    """Ask for another name, and go by it."""
    world, player = room.session.world, room.session.player
    if world is None or player is None:
        return
    key = uuid4().hex
    check = check_name if room.session.kind is SessionKind.OWNER else check_name_on_server

    def renamed(card: PlayerCard | None) -> None:
        if card is None:
            return
        session = room.session
        session.player, session.card = world.handle(card), card
        if not session.demo:
            session.settings.player = card.name
            room.post_message(SettingsChanged())
        room.show_state()

    dialog: InputDialog[PlayerCard] = InputDialog(
        "Another name",
        "Everybody sees you under it from now on; what was told of you stays as it was.",
        value=player.name,
        yes="Rename",
        longest=TYPED_NAME_LENGTH,
        allowed=NAME_LENGTH,
        check=lambda name: check(normal_name(name)),
        operation=lambda name: world.players.rename(player.id, name, f"{key}-{name}"),
    )
    room.app.push_screen(dialog, renamed)
