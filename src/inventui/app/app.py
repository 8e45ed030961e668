"""The terminal app: puts world, player, theme and first screen together, nothing else."""

from __future__ import annotations

import asyncio
import gc
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text
from textual.worker import WorkerFailed

from inventui import config
from inventui.app.map import Mapped
from inventui.screens.registry import ROOMS
from inventui.widgets import errors
from inventui.widgets.frame.actions import HasActions
from inventui.widgets.frame.room import HEIGHTS, WIDTHS, too_small
from inventui.widgets.frame.toasts import SECONDS
from inventui.widgets.frame.workers import background
from inventui.widgets.session import Session, SettingsChanged
from inventui.widgets.theme import NIGHT_MARKET, THEMES, theme_variable_defaults

if TYPE_CHECKING:
    from textual.theme import Theme

    from inventui.app.starting import Starting, StartingScreen
    from inventui.db.progress import Work
    from inventui.engine.core.secrets import Entropy
    from inventui.engine.world import World
    from inventui.rules.core.clock import Clock

CANNOT_USE_WORLD = 3
"""Exit status when the database can't be used."""


class InventuiApp(Mapped):
    """The game in a terminal.

    Args:
        database: path or URL of the world; the usual one if None.
        player: who plays; asked for if that is not clear.
        demo: play in a throw-away world.
        layers: the first pack of a new world, if that is not the base pack, and those upon it.
        world: an open world to play in; it is not closed at the end.
        settings: used instead of the saved ones.
        watch_seconds: how often to look for another program's changes; 0 for never.
    """

    TITLE = "inventui"
    CSS_PATH = ["app.tcss", "../screens/home/screen.tcss"]
    MODES = {entry.slug: entry.make for entry in ROOMS}
    DEFAULT_MODE = "home"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    NOTIFICATION_TIMEOUT = SECONDS

    def __init__(
        self,
        database: str | None = None,
        player: str | None = None,
        *,
        demo: bool = False,
        layers: tuple[Path | None, tuple[Path, ...]] = (None, ()),
        clock: Clock | None = None,
        entropy: Entropy | None = None,
        settings: config.Settings | None = None,
        world: World | None = None,
        watch_seconds: float = 2.0,
    ) -> None:
        super().__init__()
        self.faults: list[str] = []
        if settings is None:
            settings, fault = config.load_settings()
            self.faults += [fault] if fault else []
        self.database = database
        self.first_pack, self.packs = layers
        self.wanted_player = player
        self.clock, self.entropy = clock, entropy
        self.watch_seconds = watch_seconds
        self.errors: list[BaseException] = []
        self.session = Session(settings=settings, demo=demo, clock=clock, rooms=ROOMS)
        self._own_world = world is None
        self._given_world = world
        self._bar: StartingScreen | None = None
        for theme in THEMES:
            self.register_theme(theme)
        self._load_own()
        if settings.theme not in self.available_themes:
            settings.theme = NIGHT_MARKET.name
        self.begin_with(settings.theme)
        self._full_motion = self.animation_level
        self.session.animations = self.animation_level != "none"
        if not self.session.motion:
            self.animation_level = "none"

    def _load_own(self) -> None:
        """Heed rows, themes and keys of the player's own; without files nothing is imported."""
        self.heed_rows()
        if config.themes_dir().is_dir():
            from inventui.screens import own_themes

            self.faults += own_themes.register(self, self.session)
        if config.keys_file().exists():
            from inventui.screens import keys_file

            self.session.own.keys, faults = keys_file.load()
            self.faults += faults
            self.heed_keys()

    @cached_property
    def current_theme(self) -> Theme:
        """The theme, on the page background that the player wears.

        Asked for with every line that is drawn, so it is kept until `forget_theme`.
        """
        theme, page = super().current_theme, self.session.page if hasattr(self, "session") else ""
        if page:
            from inventui.widgets.player.page_theme import paged

            return paged(theme, page)
        return theme

    def validate_theme(self, theme: str) -> str:
        """Another name is another theme."""
        self.forget_theme()
        return theme

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables, for themes that don't know them."""
        return theme_variable_defaults(self.current_theme.dark)

    def get_css_variables(self) -> dict[str, str]:
        """Ours, and borders that can be seen in themes that are not ours."""
        variables = super().get_css_variables()
        if self.theme not in {theme.name for theme in THEMES} and not self.current_theme.ansi:
            variables["border-blurred"] = f"{variables['foreground']} 25%"
        return variables

    def on_ready(self) -> None:
        """The frame is drawn: now the database may take its time."""
        self._mind_size()
        if self.faults:
            said = config.faults_words(self.faults)
            self.notify(said, severity="warning", markup=False, timeout=10)
        background(self, self._start, group="start")
        if self.watch_seconds:
            self.set_interval(self.watch_seconds, self._mind_others)
            self.mind_time()

    # Opening the world and finding the player

    def _open(self) -> World | str:
        """The world, or the sentence why it can't be used. Runs in a thread."""
        if self._given_world is not None:
            return self._given_world
        from inventui.engine.world import WorldError

        try:
            return self.open_world()
        except WorldError as error:
            return str(error)

    def open_world(self) -> World:
        """The world that was asked for.

        Raises:
            WorldError: it can't be used.
        """
        if self.session.demo:
            from inventui.engine.demo import open_demo

            return open_demo(running=self.clock is None, pack=self.first_pack, packs=self.packs)
        from inventui.engine.world import World

        def tell(work: Work, done: int, steps: int) -> None:
            from inventui.app.starting import Starting

            self.post_message(Starting(work, done, steps))

        return World.open(
            self.database or config.default_database(),
            clock=self.clock,
            entropy=self.entropy,
            pack=self.first_pack,
            packs=self.packs,
            daily_backup=True,
            tell=tell,
        )

    def exposed_files(self, world: World) -> list[Path]:
        """Files of the player that others could read until now. Blocks: for a thread."""
        return [*world.store.exposed, *config.keep_private()]

    def _is_new(self) -> bool:
        """Whether a world is about to be made, in which nobody can be yet."""
        place = self.database or config.default_database()
        return not (
            self.session.demo or self._given_world or "://" in place or Path(place).exists()
        )

    def on_starting(self, said: Starting) -> None:
        """Say how far the world is."""
        if self.session.world is not None:
            return
        if self.early is not None:
            self.early.tell(said)
        elif self._bar is not None:
            self._bar.tell(said)
        elif said.work == "migrating":
            from inventui.app.starting import StartingScreen

            self._bar = StartingScreen(said)
            self.push_screen(self._bar)

    async def _start(self) -> None:
        if self._is_new():
            self.welcome_early(self.wanted_player or "")
        # Thousands of classes and functions come to stay: looking for garbage among them
        # would only hold up the keys.
        gc.disable()
        try:
            opened = await asyncio.to_thread(self._open)
        finally:
            gc.freeze()
            gc.enable()
        if self.screen is self._bar:
            self.pop_screen()
        if isinstance(opened, str):
            if self.early is self.screen:
                self.pop_screen()
            self.refuse_world(opened)
            return
        self.session.world = opened
        if self._own_world and not self.session.demo:
            exposed = await asyncio.to_thread(self.exposed_files, opened)
            if exposed:
                self.notify(config.exposed_words(exposed), markup=False, timeout=10)
        await self.find_player(self.wanted_player)

    def refuse_world(self, sentence: str) -> None:
        """Say why the world can't be used, and end the game."""
        from inventui.app.unavailable import UnavailableScreen

        def leave(_: object) -> None:
            self.exit(return_code=CANNOT_USE_WORLD)

        self.push_screen(UnavailableScreen(sentence), leave)

    def on_settings_changed(self, _: SettingsChanged) -> None:
        """Keep and heed them."""
        self.animation_level = self._full_motion if self.session.motion else "none"
        self.heed_rows()
        if self.session.own.keys or self.session.own.keymap:
            self.heed_keys()
        self.save_settings()

    def watch_theme(self, theme: str) -> None:
        """A theme taken from the palette is kept like one from the settings."""
        session = self.session
        if self.is_running and not session.previewing and session.settings.theme != theme:
            session.settings.theme = theme
            self.save_settings()

    def action_command_palette(self) -> None:
        """Find whatever can be gone to or done."""
        from inventui.app.palette import Hit, Palette

        def run(hit: Hit | None) -> None:
            if hit is not None:
                hit.run()

        screen = self.screen
        if isinstance(screen, HasActions):
            self._end_map()
            self.push_screen(Palette(self, screen), run)

    # A terminal that is too small, a fault that nobody foresaw, the end

    def on_resize(self) -> None:
        """Ask for more room where the screen does not fit."""
        self.call_later(self._mind_size)

    def _mind_size(self) -> None:
        if not self.screen_stack or not too_small(self.size):
            return
        from inventui.app.too_small import SmallScreen

        if not isinstance(self.screen, SmallScreen):
            self.push_screen(SmallScreen())

    def _handle_exception(self, error: Exception) -> None:
        """Never a traceback: it goes to the log, the player gets a sentence.

        A worker's fault leaves the screen standing; any other ends the app.
        """
        fault = error.error if isinstance(error, WorkerFailed) else error
        plain = errors.plain_sentence(fault)
        if plain is not None and self.session.player is None:
            self.refuse_world(plain)
            return
        if plain is not None and isinstance(error, WorkerFailed):
            self.notify(plain, severity="error", markup=False, timeout=15)
            return
        said = errors.sentence(fault, errors.write_log(fault))
        self.errors.append(fault)
        if isinstance(error, WorkerFailed):
            self.notify(said, severity="error", markup=False, timeout=15)
            return
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self.panic(Text(said))

    def on_unmount(self) -> None:
        """Close the world that was opened here."""
        if self._own_world and self.session.world is not None:
            self.session.world.close()
