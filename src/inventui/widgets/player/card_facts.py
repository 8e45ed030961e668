"""What a player's card tells, and the figures on it in each of the styles for them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.cells import cell_len

from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Rarity
from inventui.widgets.canvas.canvas import cut_runs, runs_length
from inventui.widgets.colour import LIGHT, Runs, TextRun, ink_on, legible, mix, run
from inventui.widgets.text import cut
from inventui.widgets.theme import DAY_MARKET, NIGHT_MARKET, ORANGE, RARITY

if TYPE_CHECKING:
    from inventui.engine.core.models import PlayerCard
    from inventui.engine.inventory.models import Statistics
    from inventui.widgets.canvas.appearance import Appearance
    from inventui.widgets.session import Session


@dataclass(frozen=True, slots=True)
class CardFacts:
    """A player as the card shows them.

    Attributes:
        points: experience in words, e.g. `240/1,000 xp`; empty if the rank is not by experience.
        oranges: None where the balances are nobody's business.
        by_rarity: how many player items of each rarity, commonest first.
        spent: None where nobody else should know.
        brief: experience in few cells, e.g. `35.7k/75.0k`.
    """

    name: str
    rank: str = "Rookie"
    progress: float = 0.0
    points: str = ""
    oranges: int | None = None
    gems: int | None = None
    player_items: int = 0
    worth: int = 0
    best: int = 0
    spent: int | None = None
    by_rarity: tuple[int, ...] = (0, 0, 0, 0, 0)
    visitors: int = 0
    brief: str = ""


def facts_of(
    card: PlayerCard, statistics: Statistics | None = None, *, visitors: int = 0, own: bool = True
) -> CardFacts:
    """The facts of a player; without `own` the purse and what was spent stay private."""
    standing = card.standing
    points, brief = f"{standing.experience:,} xp", short(standing.experience)
    if standing.ceiling is not None:
        points = f"{standing.experience:,}/{standing.ceiling:,} xp"
        brief += f"/{short(standing.ceiling)}"
    if standing.experience != card.experience:
        points = brief = ""
    facts = CardFacts(
        card.name,
        standing.rank,
        standing.progress,
        points,
        card.oranges if own else None,
        card.gems if own else None,
        visitors=visitors,
        brief=brief,
    )
    if statistics is None:
        return facts
    return replace(
        facts,
        player_items=statistics.total_items,
        worth=statistics.total_value,
        best=statistics.highest_value,
        spent=statistics.total_spent if own else None,
        by_rarity=tuple(statistics.by_rarity.get(rarity, 0) for rarity in Rarity),
    )


def own_facts(session: Session) -> CardFacts | None:
    """The facts of who plays, or None until there is a player."""
    return None if session.card is None else facts_of(session.card, session.statistics)


def rarity_colour(rarity: Rarity, look: Appearance, back: str = "") -> str:
    """A rarity's colour on a card, whose ground does not heed the theme."""
    back = back or look.ground
    theme = NIGHT_MARKET if ink_on(back) == LIGHT else DAY_MARKET
    return legible(theme.variables[RARITY[rarity].variable], back)


def short(amount: int) -> str:
    """A large number in few cells: `950`, `48.1k`, `1.20M`."""
    if amount < 10_000:
        return f"{amount:,}"
    for size, sign in ((1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k")):
        if amount >= size:
            figure = amount / size
            return f"{figure:.{max(0, 2 - int(math.log10(figure)))}f}{sign}"
    raise AssertionError(amount)


Figure = tuple[str, int, str]
"""Label, amount, and the amount in words."""


def figures(facts: CardFacts) -> list[Figure]:
    """The figures of a card, the most telling first."""
    found = [
        ("worth", facts.worth, f"{ORANGE} {facts.worth:,}"),
        ("things", facts.player_items, f"{facts.player_items:,}"),
        ("best", facts.best, f"{ORANGE} {facts.best:,}"),
    ]
    if facts.spent is not None:
        found.append(("spent", facts.spent, f"{ORANGE} {facts.spent:,}"))
    return found


def stats_lines(facts: CardFacts, look: Appearance, width: int, height: int) -> list[Runs]:
    """The figures in the style that is worn, in at most `height` lines of `width` cells."""
    if height < 1 or width < 8:
        return []
    style = look[Category.STATS_STYLE]
    colour = legible(style.colour(look.ink), look.ground)
    match style.word:
        case "bars":
            lines = _bars(facts, look, colour, width, height)
        case "dots":
            lines = _dots(facts, look, colour, width, height)
        case "boxed":
            lines = _boxed(facts, look, colour, width, height)
        case "terse":
            lines = _terse(facts, look, colour, width)
        case "medals":
            lines = _medals(facts, look, colour, width)
        case _:
            lines = _plain(facts, look, width, height)
    return [cut_runs(line, width) for line in lines[:height]]


def _plain(facts: CardFacts, look: Appearance, width: int, height: int) -> list[Runs]:
    """Labels at the left, figures at the right; two columns where that fits."""
    wanted = figures(facts)
    if width >= 44 and height < len(wanted):
        half = (width - 4) // 2
        cells = [_pair(figure, look, half) for figure in wanted]
        cells += [()] * (len(cells) % 2)
        return [
            (*left, run("    "), *right) if right else left
            for left, right in zip(cells[::2], cells[1::2], strict=True)
        ]
    return [_pair(figure, look, width) for figure in wanted]


def _pair(figure: Figure, look: Appearance, width: int) -> Runs:
    label, amount, words = figure
    width = min(width, 26)
    for said in (words, short(amount)):
        gap = width - len(label) - cell_len(said)
        if gap >= 1:
            return run(label, look.faint), run(" " * gap), run(said, look.plain, "bold")
    return (run(words, look.plain, "bold"),)


def _dots(facts: CardFacts, look: Appearance, colour: str, width: int, height: int) -> list[Runs]:
    """Each figure as a row of ten dots, one for each half power of ten."""
    most = max(3, min(10, width - 14))
    dim = mix(colour, look.ground, 0.65)
    lines: list[Runs] = []
    for label, amount, _ in figures(facts)[:height]:
        filled = min(most, round(math.log10(amount + 1) / 6 * most)) if amount > 0 else 0
        lines.append((
            run(f"{label:<7}", look.faint), run("●" * filled, colour),
            run("○" * (most - filled), dim), run(f" {short(amount)}", look.plain),
        ))  # fmt: skip
    return lines


def _bars(facts: CardFacts, look: Appearance, colour: str, width: int, height: int) -> list[Runs]:
    """How many of each rarity, as bars; one bar of all where there is little room."""
    counts = list(zip(Rarity, facts.by_rarity, strict=True))[::-1]
    own = bool(look[Category.STATS_STYLE].colours)
    if height >= 5:
        room = max(4, min(24, width - 12))
        largest = max(1, *facts.by_rarity)
        lines: list[Runs] = []
        for rarity, count in counts:
            known, own_colour = RARITY[rarity], rarity_colour(rarity, look)
            lines.append((
                run(f"{known.shape} {known.letter} ", own_colour),
                run(_bar(count / largest, room), colour if own else own_colour),
                run(f"{count:>6,}", look.plain),
            ))  # fmt: skip
        return lines
    room = min(width, 40)
    total = max(1, sum(facts.by_rarity))
    runs: list[TextRun] = []
    left = room
    for (rarity, count), glyph in zip(counts, "█▓▒░▁", strict=True):
        share = min(left, math.ceil(count / total * room)) if count else 0
        runs.append(run(glyph * share, colour if own else rarity_colour(rarity, look)))
        left -= share
    runs.append(run("▁" * left, mix(look.plain, look.ground, 0.7)))
    legend = tuple(
        run(f"{RARITY[rarity].letter}{short(count)} ", rarity_colour(rarity, look))
        for rarity, count in counts
    )
    while legend and runs_length(legend) > width:
        legend = legend[:-1]
    return [tuple(runs), legend]


def _bar(share: float, cells: int) -> str:
    eighths = round(share * cells * 8)
    if share > 0:
        eighths = max(1, eighths)
    whole, rest = divmod(eighths, 8)
    return ("█" * whole + " ▏▎▍▌▋▊▉"[rest] * (rest > 0)).ljust(cells)


def _boxed(facts: CardFacts, look: Appearance, colour: str, width: int, height: int) -> list[Runs]:
    """Each figure in a box of its own, side by side."""
    wanted = [(label, short(amount)) for label, amount, _ in figures(facts)]
    if height < 3:
        return [_joined_cells([f"[{value} {label}]" for label, value in wanted], colour, width)]
    rows: list[list[TextRun]] = [[], [], []]
    used = 0
    for label, value in wanted:
        cells = max(len(label), len(value)) + 2
        if used + cells + 2 > width:
            break
        used += cells + 2
        rows[0].append(run(f"╭{label.center(cells, '─')}╮", colour))
        rows[1] += [
            run("│", colour),
            run(value.center(cells), look.plain, "bold"),
            run("│", colour),
        ]
        rows[2].append(run(f"╰{'─' * cells}╯", colour))
    return [tuple(row) for row in rows]


def _joined_cells(words: list[str], colour: str, width: int) -> Runs:
    line = ""
    for word in words:
        if len(line) + len(word) > width:
            break
        line += word
    return (run(line, colour),)


def _terse(facts: CardFacts, look: Appearance, colour: str, width: int) -> list[Runs]:
    """The figures as one sentence."""
    words = [f"{short(facts.player_items)} things", f"worth {short(facts.worth)}"]
    words += [f"best {short(facts.best)}"] * (facts.best > 0)
    while len(words) > 1 and len(", ".join(words)) > width:
        words.pop()
    said = cut(", ".join(words), width)
    return [(run(said, mix(colour, look.plain, 0.35), "italic"),)]


def _medals(facts: CardFacts, look: Appearance, colour: str, width: int) -> list[Runs]:
    """A medal for each rarity with how many, then what they are worth."""
    own = bool(look[Category.STATS_STYLE].colours)
    runs: list[TextRun] = []
    for rarity, count in reversed(list(zip(Rarity, facts.by_rarity, strict=True))):
        metal = colour if own else rarity_colour(rarity, look)
        medal = (
            run(f" {RARITY[rarity].shape} ", ink_on(metal), "bold", metal),
            run(f" {short(count)} ", look.plain, "bold"),
        )
        if runs_length((*runs, *medal)) > width + 1:
            break
        runs += medal
    if runs:
        runs[-1] = TextRun(runs[-1].text.rstrip(), runs[-1].pen)
    under = run(cut(f"{facts.player_items:,} things · {ORANGE} {facts.worth:,}", width), look.faint)
    return [tuple(runs), (under,)]
