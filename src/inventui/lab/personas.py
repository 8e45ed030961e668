"""Personas: who plays in an economy, by which rules, as a file of TOML says it.

What the fields mean stands at the head of `personas.toml`, the file that comes with the game.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from inventui.lab.town.catalogue import TownCatalogue, TownItem
from inventui.lab.town.people import Piece
from inventui.rules.cases.cases import affordable
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import SECOND
from inventui.rules.core.enums import Rarity, Status
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.streets.robbery import LOOT_LEAST, LOOT_MOST, fine
from inventui.rules.streets.shifts import SHIFT_PAUSE, SHIFTS_A_DAY, ShiftStyle

LARGEST_FILE = 256 * 1024
MOST_PERSONAS = 100
DEPTH = 8
"""How deep lists may be nested; a persona needs two."""

NAMED = 3
"""How many faults a sentence names."""

BASE = Path(__file__).parent / "personas.toml"


class PersonaDeed(StrEnum):
    """What a persona can do in a session."""

    DAILY = "daily"
    CLAIM = "claim"
    SHIFTS = "shifts"
    SELL = "sell"
    PAY = "pay"
    INVEST = "invest"
    OPEN = "open"
    ROB = "rob"


Sold = Literal["collectible", "weapon", "armor", "business", "housing"]
Invested = Literal["business", "housing", "weapon", "armor"]
Hour = Annotated[int, Field(ge=0, le=23)]
Skill = Annotated[int, Field(ge=0, le=100)]


class Persona(BaseModel):
    """Rules of what somebody does."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)

    name: Annotated[str, Field(min_length=1, max_length=24, pattern=r"^[a-z][a-z0-9-]*$")]
    deeds: Annotated[tuple[PersonaDeed, ...], Field(min_length=1, max_length=20)]
    weight: Annotated[int, Field(ge=1, le=100)] = 1
    sessions: Annotated[tuple[Hour, ...], Field(min_length=1, max_length=24)] = (18,)
    every: Annotated[int, Field(ge=1, le=30)] = 1
    shifts: Annotated[int, Field(ge=0, le=SHIFTS_A_DAY)] = 20
    work: ShiftStyle | Skill = ShiftStyle.STEADY
    sells: tuple[Sold, ...] = ()
    invests: tuple[Invested, ...] = ()
    payback: Annotated[int, Field(ge=1, le=365)] = 20
    home: Rarity = Rarity.COMMON
    reserve: Annotated[int, Field(ge=0, le=10**9)] = 200
    case: str = ""
    share: Annotated[int, Field(ge=1, le=100)] = 50
    openings: Annotated[int, Field(ge=1, le=100)] = 20
    robberies: Annotated[int, Field(ge=1, le=20)] = 3


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    personas: Annotated[tuple[Persona, ...], Field(min_length=1, max_length=MOST_PERSONAS)]
    numbers: dict[str, float] = {}


@dataclass(frozen=True, slots=True)
class PersonaFile:
    """Personas, and the numbers of the economy that their file changes."""

    personas: tuple[Persona, ...]
    numbers: Mapping[str, float] = field(default_factory=dict)


def read_personas(path: Path) -> PersonaFile | Refusal:
    """The personas of a file, or a refusal that names each of its faults."""
    try:
        read = _File.model_validate(tomllib.loads(_text(path)))
    except (OSError, UnicodeDecodeError) as error:
        faults = [str(getattr(error, "strerror", None) or error)]
    except tomllib.TOMLDecodeError as error:
        faults = [f"it is no TOML: {error}"]
    except ValidationError as error:
        # A list that lacks only what is wrong in it is told of by that.
        told = [found for found in error.errors() if found["type"] != "too_short"]
        faults = [_fault(found) for found in told or error.errors()]
    except ValueError as error:
        faults = [str(error)]
    else:
        names = [persona.name for persona in read.personas]
        faults = [
            f"personas: {name} is there twice"
            for name in sorted({name for name in names if names.count(name) > 1})
        ]
        if not faults:
            return PersonaFile(read.personas, read.numbers)
    more = f"; and {len(faults) - NAMED:,} more" if len(faults) > NAMED else ""
    return Refusal(
        Reason.INVALID_FILE,
        f"The personas of {path} can't be used: {'; '.join(faults[:NAMED])}{more}.",
        {"file": str(path), "faults": faults},
    )


def _text(path: Path) -> str:
    """The text of a file that may be read as TOML."""
    if path.stat().st_size > LARGEST_FILE:
        raise ValueError(f"it is larger than {LARGEST_FILE:,} bytes")
    text = path.read_text(encoding="utf-8")
    if _depth(text) > DEPTH:
        raise ValueError(f"it is nested more than {DEPTH} deep")
    return text


def _depth(text: str) -> int:
    deepest = deep = 0
    for character in text:
        deep += (character in "[{") - (character in "]}")
        deepest = max(deepest, deep)
    return deepest


def _fault(found: Any) -> str:
    place = ".".join(str(part) for part in found["loc"])
    given = found.get("input")
    said = f" ({given!r})" if isinstance(given, (str, int, float)) else ""
    return f"{place}: {found['msg']}{said}"


class ProspectLike(Protocol):
    """What a persona sees of somebody whom it could rob."""

    @property
    def name(self) -> str:
        """Whom."""

    @property
    def oranges(self) -> int:
        """What they have."""

    @property
    def chance(self) -> int:
        """Of success, in percent."""

    @property
    def halved(self) -> int:
        """How often what a success takes is halved."""


class Hand(Protocol):
    """What a persona can do and see; `TownHand` is one."""

    @property
    def oranges(self) -> int:
        """What it has."""

    @property
    def shifts_today(self) -> int:
        """How many shifts it worked today."""

    @property
    def owes(self) -> bool:
        """Whether upkeep is unpaid."""

    def pieces(self) -> list[Piece]:
        """What it owns, wears, or has in escrow."""

    def worn(self, category: Category) -> TownItem | None:
        """What it wears of a kind of gear."""

    def prospects(self) -> Sequence[ProspectLike]:
        """Whom it may rob now."""

    def arrive(self) -> None:
        """Catch up with its time."""

    def play(self, work: ShiftStyle | int) -> Refusal | None:
        """Work a shift."""

    def daily(self) -> Refusal | None:
        """Take the daily bonus."""

    def claim(self, piece: Piece) -> Refusal | None:
        """Take something out of escrow."""

    def sell(self, pieces: list[Piece]) -> Refusal | None:
        """Sell to the house."""

    def open(self, case: str, count: int) -> Refusal | None:
        """Open a case."""

    def buy(self, slug: str) -> Refusal | None:
        """Buy something of the shop."""

    def pay_upkeep(self) -> Refusal | None:
        """Pay what is due."""

    def rob(self, name: str) -> Refusal | None:
        """Rob somebody."""


PAUSE = 5 * SECOND
"""Between two robberies."""


def session(persona: Persona, hand: Hand, catalogue: TownCatalogue) -> Iterator[int]:
    """Do what a persona does in a session; the milliseconds to wait between two deeds."""
    hand.arrive()
    for deed in persona.deeds:
        yield from _DEEDS[deed](persona, hand, catalogue)


def _daily(_: Persona, hand: Hand, __: TownCatalogue) -> Iterator[int]:
    hand.daily()
    yield 0


def _claim(_: Persona, hand: Hand, __: TownCatalogue) -> Iterator[int]:
    for piece in hand.pieces():
        if piece.status is Status.ESCROWED:
            hand.claim(piece)
    yield 0


def _shifts(persona: Persona, hand: Hand, _: TownCatalogue) -> Iterator[int]:
    for _number in range(persona.shifts):
        if hand.shifts_today >= SHIFTS_A_DAY or hand.play(persona.work) is not None:
            return
        yield SHIFT_PAUSE


def _sell(persona: Persona, hand: Hand, _: TownCatalogue) -> Iterator[int]:
    sold = [
        piece
        for piece in hand.pieces()
        if piece.status is Status.OWNED and piece.item.category in persona.sells
    ]
    if sold:
        hand.sell(sold)
    yield 0


def _pay(_: Persona, hand: Hand, __: TownCatalogue) -> Iterator[int]:
    if hand.owes:
        hand.pay_upkeep()
    yield 0


def _invest(persona: Persona, hand: Hand, catalogue: TownCatalogue) -> Iterator[int]:
    for category in persona.invests:
        purse = hand.oranges - persona.reserve
        worn = hand.worn(Category(category))
        better = [
            item
            for item in catalogue.for_sale(Category(category))
            if item.offer.price.oranges <= purse and _better(persona, item, worn)
        ]
        owned = {piece.item.slug for piece in hand.pieces()}
        for item in reversed(better):
            if item.slug not in owned and hand.buy(item.slug) is None:
                break
    yield 0


_WORTH = {
    Category.WEAPON: "rob_bonus",
    Category.ARMOR: "defence_bonus",
    Category.HOUSING: "insurance",
}


def _better(persona: Persona, item: TownItem, worn: TownItem | None) -> bool:
    """Whether a persona would have an item rather than what it wears."""
    if item.category is Category.BUSINESS:
        before = 0 if worn is None else _earns(worn)
        return _earns(item) * persona.payback >= item.offer.price.oranges and _earns(item) > before
    if item.category is Category.HOUSING and item.rarity.rank > persona.home.rank:
        return False
    name = _WORTH[item.category]
    return worn is None or item.figure(name) > worn.figure(name)


def _earns(item: TownItem) -> int:
    """What a business brings a day."""
    return item.figure("revenue") - item.figure("operating_cost")


def _open(persona: Persona, hand: Hand, catalogue: TownCatalogue) -> Iterator[int]:
    purse = (hand.oranges - persona.reserve) * persona.share // 100
    prices = sorted(
        (odds.price, case)
        for case, odds in catalogue.cases.items()
        if odds.price <= purse and persona.case in ("", case)
    )
    if prices:
        price, case = prices[-1]
        hand.open(case, min(persona.openings, affordable(price, purse)))
    yield 0


def _rob(persona: Persona, hand: Hand, _: TownCatalogue) -> Iterator[int]:
    for _number in range(persona.robberies):
        loss = fine(hand.oranges)
        hopes = [(_hope(found, loss), found.name) for found in hand.prospects()]
        if not hopes or hand.rob(max(hopes)[1]) is not None:
            return
        yield PAUSE


def _hope(prospect: ProspectLike, loss: int) -> int:
    """What a robbery brings in the mean, in hundredths of oranges."""
    taken = prospect.chance * prospect.oranges * (LOOT_LEAST + LOOT_MOST) // 200
    return (taken >> prospect.halved) - (100 - prospect.chance) * loss


_DEEDS: Mapping[PersonaDeed, Callable[[Persona, Hand, TownCatalogue], Iterator[int]]] = {
    PersonaDeed.DAILY: _daily,
    PersonaDeed.CLAIM: _claim,
    PersonaDeed.SHIFTS: _shifts,
    PersonaDeed.SELL: _sell,
    PersonaDeed.PAY: _pay,
    PersonaDeed.INVEST: _invest,
    PersonaDeed.OPEN: _open,
    PersonaDeed.ROB: _rob,
}
