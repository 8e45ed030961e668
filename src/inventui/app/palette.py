"""The palette: whatever can be gone to or done, by a part of its name.

What is known without asking is found at once: rooms, what the screen at hand can do, themes.
Verbs of other rooms, cases and friends are asked for once it is open, and what one owns as one
types. A verb of another room leads there and says its key: what it acts on is chosen there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.fuzzy import Matcher

from inventui.widgets.frame.actions import HasActions, keys_of
from inventui.widgets.frame.room import Room
from inventui.widgets.frame.search_dialog import SearchDialog
from inventui.widgets.frame.toasts import toast
from inventui.widgets.lists.menu import Menu, MenuItem
from inventui.widgets.session import SettingsChanged, session_of
from inventui.widgets.session_kind import SessionKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from inventui.app.map import Mapped
    from inventui.engine.world import PlayerHandle, World
    from inventui.widgets.entries import RoomEntry
    from inventui.widgets.frame.actions import Action

SHOWN = 60
"""Most lines of an answer."""

MOST_RECENT = 20
"""What was taken last and is remembered, at most."""

OWNED = 8
"""Most of what one owns that is found."""

LEAST = 2
"""Characters from which on that is looked for."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A line of the palette.

    Attributes:
        id: what it is remembered by.
        title: what is looked for first.
        note: its key, or what it is.
        words: what is looked for too.
        run: does it, once the palette is closed.
    """

    id: str
    title: str
    note: str
    words: str
    run: Callable[[], object]


def found(hits: Iterable[Hit], text: str, recent: Sequence[str]) -> list[Hit]:
    """What fits a text, the best first; without one all, the latest taken first."""
    late = {id: place for place, id in enumerate(recent, start=1)}
    if not text:
        return sorted(hits, key=lambda hit: -late.get(hit.id, 0))[:SHOWN]
    matcher, scored = Matcher(text), []
    for hit in hits:
        score = 2 * matcher.match(hit.title) or matcher.match(hit.words)
        if score and text.lower() in hit.title.lower():
            score += 10
        if score:
            scored.append((score + (hit.id in late), hit))
    return [hit for _, hit in sorted(scored, key=lambda pair: -pair[0])[:SHOWN]]


def rooms_of(app: Mapped) -> Iterator[Hit]:
    """Rooms and their parts, with what leads there."""
    for entry in app.session.rooms:
        yield Hit(
            f"room {entry.slug}", f"Go to {entry.title}", entry.way, entry.help,
            partial(app.action_room, entry.slug, ""),
        )  # fmt: skip
        for place in entry.places:
            yield Hit(
                f"room {entry.slug} {place.slug}", f"Go to {place.title}",
                entry.way_to(place.letter), place.help,
                partial(app.action_room, entry.slug, place.slug),
            )  # fmt: skip


def verbs_here(app: Mapped, screen: HasActions, slug: str) -> Iterator[Hit]:
    """What the screen at hand can do."""
    for action in screen.given:
        if action.palette:
            yield Hit(
                f"do {slug} {action.id}", screen.title_now(action.call, action.title),
                _key(app, screen.SECTION, action), action.help, app.runner(screen, action),
            )  # fmt: skip


def verbs_elsewhere(app: Mapped, here: str, rooms: Sequence[RoomEntry]) -> list[Hit]:
    """What other rooms can do. Imports them: for a thread."""
    hits: list[Hit] = []
    guest = app.session.kind is SessionKind.GUEST
    for entry in rooms:
        actions: tuple[Action[Any], ...] = getattr(entry.load(), "ACTIONS", ())
        if entry.slug != here:
            hits += [
                _elsewhere(app, entry, action)
                for action in actions
                if action.palette and not (guest and action.owner)
            ]
    return hits


def _elsewhere(app: Mapped, entry: RoomEntry, action: Action[Any]) -> Hit:
    key = _key(app, entry.slug, action)

    def lead() -> None:
        app.action_room(entry.slug)
        toast(app, f"{key}  {action.title}: {action.help}")

    return Hit(
        f"do {entry.slug} {action.id}", f"{action.title} · {entry.title}", key, action.help, lead
    )


def _key(app: Mapped, section: str, action: Action[Any]) -> str:
    from textual.binding import Binding

    keys = keys_of(app.session, f"{section}.{action.id}", action.key)
    return app.get_key_display(Binding(keys[0], ""))


def of_the_world(app: Mapped, world: World, player: PlayerHandle) -> list[Hit]:
    """Cases and everybody else of this world. Blocks: for a thread."""
    hits = []
    for case in world.catalogue.cases():

        def to_case(slug: str = case.id) -> None:
            app.session.case = slug
            app.action_room("cases")

        hits.append(Hit(f"case {case.id}", case.name, "case", "", to_case))
    for person in world.players.everybody():

        def to_person(name: str = person.name) -> None:
            app.session.whom = name
            app.action_room("people")

        if person.id != player.id:
            hits.append(Hit(f"person {person.name}", person.name, "person", "", to_person))
    return hits


def owned(app: Mapped, player: PlayerHandle, text: str) -> list[Hit]:
    """What one owns that a text finds. Blocks: for a thread."""
    from inventui.engine.inventory.models import InventoryQuery

    page = player.inventory.page(InventoryQuery(search=text), limit=OWNED)
    hits = []
    for line in getattr(page, "items", ()):

        def to_item(number: int = line.id) -> None:
            app.session.player_item = number
            app.action_room("inventory")

        hits.append(Hit(f"owned {line.id}", line.name, "yours", "", to_item))
    return hits


def general(app: Mapped) -> Iterator[Hit]:
    """Help, themes, and what Textual offers."""
    yield Hit(
        "help",
        "Help",
        app.session.own.key_text("help", "question_mark"),
        "Explain this screen",
        app.action_help,
    )
    for entry in app.session.rooms:

        def explain(slug: str = entry.slug) -> None:
            app.action_room(slug)
            app.call_after_refresh(app.action_help)

        yield Hit(f"help {entry.slug}", f"Help: {entry.title}", "help", entry.help, explain)
    for theme in sorted(app.available_themes):

        def take(name: str = theme) -> None:
            app.theme = name

        yield Hit(f"theme {theme}", f"Theme {theme}", "setting", "", take)
    yield Hit("quit", "Quit", "^q", "Leave the game", app.exit)


class Palette(SearchDialog[Hit]):
    """Typing narrows the lines; enter does what the one under the cursor says.

    Args:
        game: the app that it acts on.
        here: the screen that it was opened on.
    """

    DEFAULT_CSS = """
    Palette #window { width: 72; }
    Palette Menu { height: 1fr; margin-top: 1; }
    """

    def __init__(self, game: Mapped, here: HasActions) -> None:
        super().__init__("Find anything", Menu(id="hits"))
        self._game = game
        self._owned: list[Hit] = []
        self._slug = here.ROOM if isinstance(here, Room) else ""
        self._hits = [*verbs_here(game, here, self._slug), *rooms_of(game), *general(game)]

    def on_mount(self) -> None:
        """Ask for what is not at hand."""
        self.look()
        game, slug, session = self._game, self._slug, session_of(self)
        self.ask(lambda: verbs_elsewhere(game, slug, session.rooms), self._more, group="verbs")
        world, player = session.world, session.player
        if world is not None and player is not None:
            self.ask(lambda: of_the_world(game, world, player), self._more, group="world")

    def _more(self, hits: list[Hit]) -> None:
        self._hits += hits
        self._show()

    def look(self) -> None:
        """Show what is found, and look among what one owns."""
        self._show()
        game, player, text = self._game, session_of(self).player, self.search
        if player is None or len(text) < LEAST:
            self._owned = []
            return
        self.ask(lambda: owned(game, player, text), self._found_owned, group="owned")

    def _found_owned(self, hits: list[Hit]) -> None:
        self._owned = hits
        self._show()

    def _show(self) -> None:
        lines = [*found(self._hits, self.search, session_of(self).settings.recent)]
        lines += [hit for hit in self._owned if hit not in lines]
        self._lines = {hit.id: hit for hit in lines}
        self.listed.offer([MenuItem(hit.id, hit.title, hit.note) for hit in lines], at=0)
        self.say("" if lines else "Nothing is called that.")

    def action_choose(self) -> None:
        """Close, and do it."""
        row = self.listed.row
        hit = self._lines.get(row.id) if row is not None else None
        if hit is not None:
            recent = session_of(self).settings.recent
            if hit.id in recent:
                recent.remove(hit.id)
            recent.append(hit.id)
            del recent[:-MOST_RECENT]
            self.app.post_message(SettingsChanged())
            self.dismiss(hit)
