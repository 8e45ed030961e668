"""What is being played: the world, the player, the settings; and word of changes."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import TYPE_CHECKING, Protocol, cast

from textual.message import Message

from inventui.config import Settings
from inventui.rules.core.money import Questions
from inventui.widgets.entries import OfOnesOwn, UndoStep
from inventui.widgets.session_kind import SessionKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.message_pump import MessagePump

    from inventui.engine.cases.models import Opening
    from inventui.engine.core.models import Balance, PlayerCard
    from inventui.engine.inventory.models import Statistics
    from inventui.engine.notifications.models import Notification
    from inventui.engine.wardrobe.models import WornItem
    from inventui.engine.world import PlayerHandle, World
    from inventui.rules.core.categories import Category
    from inventui.rules.core.clock import Clock
    from inventui.widgets.canvas.appearance import Appearance
    from inventui.widgets.entries import Place, RoomEntry


class Change(Enum):
    """What of the world may have changed for a player."""

    BALANCE = auto()
    """Oranges, gems, experience, rank."""
    ITEMS = auto()
    """What they own, and the state it is in."""
    WORN = auto()
    LISTINGS = auto()
    TRADES = auto()
    FRIENDS = auto()
    NOTIFICATIONS = auto()
    SEEDS = auto()
    """Their seed pairs, and how often they rolled."""
    OTHERS = auto()
    """Anything else."""


Changes = frozenset[Change]

EVERYTHING: Changes = frozenset(Change)
"""What another program, or time, may have changed."""


OPENED: Changes = frozenset({Change.BALANCE, Change.ITEMS, Change.SEEDS})
SOLD: Changes = frozenset({Change.BALANCE, Change.ITEMS})
LOCKED: Changes = frozenset({Change.ITEMS})
DRESSED: Changes = frozenset({Change.ITEMS, Change.WORN})
LISTED: Changes = frozenset({Change.ITEMS, Change.LISTINGS})
BOUGHT_LISTING: Changes = LISTED | SOLD
TRADED: Changes = frozenset({Change.BALANCE, Change.ITEMS, Change.TRADES})
BEFRIENDED: Changes = frozenset({Change.FRIENDS})
ROTATED: Changes = frozenset({Change.SEEDS})
READ: Changes = frozenset({Change.NOTIFICATIONS})
"""What the commonest operations change."""


class WorldChanged(Message):
    """Something in the world was changed: whatever shows it looks again.

    Attributes:
        changes: what may have changed, as far as the sender knows.
        outcome: of the player's own operation that changed it, or None.
    """

    bubble = True

    def __init__(self, changes: Changes = EVERYTHING, outcome: object = None) -> None:
        self.changes = changes
        self.outcome = outcome
        super().__init__()


class SettingsChanged(Message):
    """A setting was changed: keep it, and heed it."""

    bubble = True


class PlayAs(Message):
    """Go on as another player of this world.

    Attributes:
        name: who, or an empty text to ask.
    """

    bubble = True

    def __init__(self, name: str = "") -> None:
        self.name = name
        super().__init__()


@dataclass(frozen=True, slots=True)
class PlayerSnapshot:
    """A player as everyone sees them: who they are, what they wear, what they own in figures.

    Attributes:
        unread: how many notifications they have not read; only they see that.
    """

    card: PlayerCard
    worn: Mapping[Category, WornItem]
    statistics: Statistics
    unread: int = 0

    @classmethod
    def of(cls, player: PlayerHandle) -> PlayerSnapshot:
        """Ask for it. Blocks: for a thread."""
        return cls(
            player.card(), player.wardrobe.worn(), player.inventory.statistics(),
            player.notifications.unread(),
        )  # fmt: skip

    def renewed(self, player: PlayerHandle, changes: Changes) -> PlayerSnapshot:
        """Ask again for what may have changed. Blocks: for a thread."""
        found = replace(self, card=player.card())
        if Change.WORN in changes:
            found = replace(found, worn=player.wardrobe.worn())
        if Change.ITEMS in changes:
            found = replace(found, statistics=player.inventory.statistics())
        if Change.NOTIFICATIONS in changes:
            found = replace(found, unread=player.notifications.unread())
        return found


@dataclass
class Session:
    """What every room needs to know.

    Attributes:
        world: the open world, or None until it is.
        player: the handle of who plays, or None until it is known.
        card: the player as last seen; the status bar shows it.
        worn: what the player wears, by slot.
        statistics: of what the player owns, or None until it is known.
        settings: what is remembered.
        kind: whose machine the game runs on.
        animations: False where the terminal or the caller forbids motion.
        demo: whether the world is thrown away at the end.
        pending: openings whose reveal has yet to be shown, oldest first.
        previewing: whether the theme on show is only tried.
        rooms: the doors of the room bar, in order.
        place: where the last toast's key leads, while it does.
        unread: how many notifications the player has not read.
        heard: the last notification that was taken note of, by player.
        news: what has yet to be shown of them, oldest first.
        whom: the player that the next room is entered for, or an empty text.
        player_item: the number of the player item that the inventory is entered for, or None.
        case: slug of the case that cases or collections are entered for, or an empty text.
        trade: the number of the trade that the trades' room is entered for, or None.
        category: of what the shop is entered for, or None.
        ware: slug of what the shop is entered for, or an empty text.
        part: the part of it that the next room is entered for, the first if empty; None for the one
            that was shown last.
        opened: how many cases were opened the last time, 0 before the first.
        own: keys and themes of the player's own.
        undos: what the player did lately that can be taken back, the latest last.
        held: whether the last key that came is one that is held down.
        withheld: whether it would have changed something if it were not.
    """

    settings: Settings = field(default_factory=Settings)
    kind: SessionKind = SessionKind.OWNER
    world: World | None = None
    player: PlayerHandle | None = None
    card: PlayerCard | None = None
    worn: Mapping[Category, WornItem] = field(default_factory=dict)
    statistics: Statistics | None = None
    animations: bool = True
    demo: bool = False
    clock: Clock | None = None
    pending: tuple[Opening, ...] = ()
    previewing: bool = False
    rooms: tuple[RoomEntry, ...] = ()
    place: Place | None = None
    unread: int = 0
    heard: dict[int, int] = field(default_factory=dict)
    news: tuple[Notification, ...] = ()
    whom: str = ""
    player_item: int | None = None
    case: str = ""
    trade: int | None = None
    category: Category | None = None
    ware: str = ""
    part: str | None = None
    opened: int = 0
    own: OfOnesOwn = field(default_factory=OfOnesOwn)
    undos: list[UndoStep] = field(default_factory=list)
    held: bool = False
    withheld: bool = False

    @property
    def motion(self) -> bool:
        """Whether anything may move: ask it before every animation of your own."""
        return self.animations and not self.settings.reduced_motion

    @property
    def questions(self) -> Questions:
        """Which questions the player wants to be asked before something is paid or sold."""
        return Questions(self.settings.questions)

    def take_whom(self) -> str:
        """The player that a room was entered for, told once."""
        name, self.whom = self.whom, ""
        return name

    def take_player_item(self) -> int | None:
        """The player item that the inventory was entered for, told once."""
        player_item, self.player_item = self.player_item, None
        return player_item

    def take_case(self) -> str:
        """The case that a room was entered for, told once."""
        case, self.case = self.case, ""
        return case

    def take_trade(self) -> int | None:
        """The trade that its room was entered for, told once."""
        trade, self.trade = self.trade, None
        return trade

    def take_category(self) -> Category | None:
        """The category that the shop was entered for, told once."""
        category, self.category = self.category, None
        return category

    def take_ware(self) -> str:
        """What the shop was entered for, told once."""
        ware, self.ware = self.ware, ""
        return ware

    @property
    def seen(self) -> PlayerSnapshot | None:
        """How the player looked last, once all of it is known."""
        if self.card is None or self.statistics is None:
            return None
        return PlayerSnapshot(self.card, self.worn, self.statistics, self.unread)

    def see(self, snapshot: PlayerSnapshot) -> None:
        """This is how the player looks now."""
        self.card, self.statistics = snapshot.card, snapshot.statistics
        self.worn, self.unread = snapshot.worn, snapshot.unread

    def take_outcome(self, outcome: object) -> None:
        """What an outcome of the player says of their money is true before anybody asks again."""
        balance: Balance | None = getattr(outcome, "balance", None)
        if self.card is not None and balance is not None:
            gained = getattr(outcome, "experience_gained", 0)
            self.card = replace(
                self.card, oranges=balance.oranges, gems=balance.gems,
                experience=self.card.experience + gained,
            )  # fmt: skip

    @property
    def appearance(self) -> Appearance:
        """How everything looks that is the player's own."""
        from inventui.widgets.canvas.appearance import appearance

        return appearance({category: item.style for category, item in self.worn.items()})

    @property
    def page(self) -> str:
        """The colour of the page background that is worn, or nothing for the theme's own."""
        from inventui.rules.core.categories import Category

        worn = self.worn.get(Category.PAGE_BACKGROUND)
        return "" if worn is None or worn.is_default else self.appearance.page

    @property
    def layout(self) -> str:
        """How collections are laid out; a plain list where nothing says otherwise."""
        from inventui.rules.core.categories import Category

        worn = Category.COLLECTION_LAYOUT in self.worn
        return self.appearance[Category.COLLECTION_LAYOUT].word if worn else "list"

    def now(self) -> int:
        """The world's time, in milliseconds since 1970-01-01 UTC."""
        if self.world is not None:
            return self.world.clock.now()
        if self.clock is not None:
            return self.clock.now()
        return time.time_ns() // 1_000_000


class HasSession(Protocol):
    """An app with a session."""

    session: Session


def session_of(node: MessagePump) -> Session:
    """The session of the app that a widget or screen runs in."""
    return cast("HasSession", node.app).session
