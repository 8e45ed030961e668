"""Settings: the theme, motion, who plays, and where things lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from inventui import config
from inventui.widgets.commands import Command
from inventui.widgets.look import THEMES
from inventui.widgets.menu import Menu, MenuItem
from inventui.widgets.room import Room
from inventui.widgets.session import PlayAs, SettingsChanged

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.engine.models import PlayerCard

ADD = "+"
"""No player's name: the line that adds one. Names are behind `=`."""


class SettingsRoom(Room):
    """Everything here is kept as soon as it is chosen."""

    ROOM = "settings"
    TITLE_TEXT = "Settings"
    ACTIONS = (
        Command("settings-motion", "m", "Motion", "Reduced motion on or off", "motion"),
        Command("settings-player", "p", "Add player", "Let someone new play in this world", "add"),
    )
    HELP = (
        "Moving through the themes shows each at once; enter keeps it, leaving the list goes "
        "back to the one in use. Reduced motion shows every result at once, without a reel. "
        "Several players may share one world: choose who plays, or add someone. Settings are "
        "kept in a file of their own, not in the world."
    )
    CSS_PATH = "settings.tcss"
    AUTO_FOCUS = "#themes"

    def compose_room(self) -> ComposeResult:
        """Themes on the left, the rest beside them."""
        with Horizontal():
            with Vertical(id="theme", classes="pane") as theme:
                theme.border_title = "Theme"
                yield Menu(id="themes")
            with Vertical(id="rest"):
                with Vertical(id="motion", classes="pane") as motion:
                    motion.border_title = "Motion"
                    yield Menu(id="motions")
                with Vertical(id="who", classes="pane") as who:
                    who.border_title = "Players"
                    yield Menu(id="players")
                with Vertical(id="where", classes="pane") as where:
                    where.border_title = "Where things lie"
                    yield Static(id="paths")

    def on_mount(self) -> None:
        """The settings are known before any world is."""
        self._show_themes()
        self._show_motion()
        menu = self.query_one("#themes", Menu)
        names = [item.id for item in menu.items]
        menu.cursor = names.index(self.session.settings.theme)

    def refresh_room(self) -> None:
        """Ask who plays in this world."""
        world = self.session.world
        if world is not None:
            self.ask(world.players.list, self._seen)

    def _seen(self, players: tuple[PlayerCard, ...]) -> None:
        current = self.session.player
        items = [
            MenuItem(
                f"={card.name}",
                card.name,
                ("plays · " if current and card.id == current.id else "") + f"🍊 {card.oranges:,}",
            )
            for card in players
        ]
        items.append(MenuItem(ADD, "Add someone …"))
        self.query_one("#players", Menu).items = tuple(items)
        self._show_paths()

    def _show_themes(self) -> None:
        ours = [theme.name for theme in THEMES]
        names = ours + sorted(set(self.app.available_themes) - set(ours))
        kept = self.session.settings.theme
        self.query_one("#themes", Menu).items = tuple(
            MenuItem(name, name, "in use" if name == kept else "") for name in names
        )

    def _show_motion(self) -> None:
        session = self.session
        state = "on" if session.settings.reduced_motion else "off"
        if not session.animations:
            state += " · terminal: on"
        self.query_one("#motions", Menu).items = (MenuItem("motion", "Reduced motion", state),)

    def _show_paths(self) -> None:
        world = self.session.world
        rows = [
            ("World", "thrown away at the end" if self.session.demo else str(world and world.path)),
            ("Settings", str(config.settings_file())),
            ("Documents", str(config.documents_dir())),
        ]
        lines = []
        for label, value in rows:
            lines.append(Content.styled(label, "$foreground 60%"))
            lines.append(Content(value))
        self.query_one("#paths", Static).update(Content("\n").join(lines))

    # Choosing

    def on_menu_moved(self, event: Menu.Moved) -> None:
        """Try a theme on."""
        if event.menu.id == "themes" and event.menu.has_focus:
            self._try(event.item.id)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Leaving the themes without enter: as it was."""
        if event.widget.id == "themes":
            self._try(self.session.settings.theme)

    def on_screen_suspend(self) -> None:
        """Leaving the room is leaving the themes."""
        self._try(self.session.settings.theme)

    def _try(self, theme: str) -> None:
        self.session.previewing = theme != self.session.settings.theme
        self.app.theme = theme

    def on_menu_chosen(self, event: Menu.Chosen) -> None:
        """Keep what was chosen."""
        if event.menu.id == "themes":
            self.session.previewing = False
            self.session.settings.theme = event.item.id
            self.app.theme = event.item.id
            self.post_message(SettingsChanged())
            self._show_themes()
        elif event.menu.id == "motions":
            self.action_motion()
        elif event.item.id == ADD:
            self.action_add()
        elif self.session.player is None or event.item.title != self.session.player.name:
            self.post_message(PlayAs(event.item.title))

    def action_motion(self) -> None:
        """Reduced motion on or off."""
        settings = self.session.settings
        settings.reduced_motion = not settings.reduced_motion
        self.post_message(SettingsChanged())
        self._show_motion()

    def action_add(self) -> None:
        """Make a player and go on as them."""
        self.post_message(PlayAs())
