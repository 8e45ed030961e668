"""What an economy's run writes into a folder: figures, tables, plots, and one page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from inventui.engine.core.files import write_whole
from inventui.lab.measure import Difference, EconomyFigures
from inventui.lab.plots import Curve, plot


def write_run(
    folder: Path,
    figures: EconomyFigures,
    document: Mapping[str, object],
    against: Sequence[Difference],
    varied: Sequence[tuple[int, EconomyFigures]],
    number: str,
) -> list[str]:
    """Write everything; the names of the files.

    Args:
        folder: where; it is made if it is not there.
        figures: what was measured.
        document: what `--json` prints.
        against: how another pack differs.
        varied: the figures for each value of a number that was varied.
        number: its name.

    Raises:
        OSError: something can't be written.
    """
    files = {
        "economy.json": json.dumps(document, indent=2) + "\n",
        "wealth.csv": _table(
            ("persona", "day", "p10", "p50", "p90"),
            (
                (persona.name, day, *band)
                for persona in figures.personas
                for day, band in enumerate(persona.bands, 1)
            ),
        ),
        "tiers.csv": _table(
            ("persona", "tier", "share", "day_p10", "day_p50", "day_p90"),
            (
                (persona.name, tier.tier, round(tier.share, 4), *tier.days)
                for persona in figures.personas
                for tier in persona.tiers
            ),
        ),
        "flows.csv": _table(
            ("kind", "oranges_a_player_and_day"),
            (
                *((kind, round(oranges, 2)) for kind, oranges in figures.faucets.items()),
                *((kind, round(-oranges, 2)) for kind, oranges in figures.sinks.items()),
            ),
        ),
        "gems.csv": _table(
            ("kind", "gems_a_player_and_day"),
            ((kind, round(gems, 4)) for kind, gems in figures.gems.items()),
        ),
        "days.csv": _table(
            ("day", "gini", "faucets_over_sinks"),
            (
                (day, round(gini, 4), "" if ratio is None else round(ratio, 4))
                for day, (gini, ratio) in enumerate(
                    zip(figures.gini, figures.ratio, strict=True), 1
                )
            ),
        ),
        "weeks.csv": _table(
            ("week", "inflation_percent", "bazaar_price_percent_of_worth"),
            (
                (week, *("" if figure is None else round(figure, 2) for figure in weekly))
                for week, weekly in _weeks(figures)
            ),
        ),
        "wealth.svg": plot(
            "Wealth of each persona: the middle player, and 10 to 90 %",
            [
                Curve(
                    persona.name,
                    [band[1] for band in persona.bands],
                    [band[0] for band in persona.bands],
                    [band[2] for band in persona.bands],
                )
                for persona in figures.personas
            ],
            "oranges",
        ),
        "gini.svg": plot("Gini coefficient of wealth", [Curve("gini", figures.gini)], ""),
        "ratio.svg": plot(
            "Faucets over sinks", [Curve("ratio", [r or 0 for r in figures.ratio])], ""
        ),
    }
    if against:
        files["against.csv"] = _table(
            ("what", "mean", "least", "most"),
            ((one.what, one.mean, one.least, one.most) for one in against),
        )
    if varied:
        files["varied.csv"] = _table(
            (number, "gini", "faucets_over_sinks", *(p.name for p in figures.personas)),
            (
                (
                    value,
                    round(found.gini[-1], 4),
                    "" if found.ratio_later is None else round(found.ratio_later, 4),
                    *(persona.bands[-1][1] for persona in found.personas),
                )
                for value, found in varied
            ),
        )
    files["economy.md"] = _page(figures, against, varied, number)
    for name, text in files.items():
        write_whole(folder / name, text)
    return list(files)


def _weeks(
    figures: EconomyFigures,
) -> Iterator[tuple[int, tuple[float | None, float | None]]]:
    """Each week with by how many percent purses grew, and what sales cost in percent of worth."""
    yield from enumerate(zip((None, *figures.inflation), figures.prices, strict=False), 1)


def _table(titles: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(titles)
    writer.writerows(rows)
    return text.getvalue()


def _rows(titles: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    lines = ["| " + " | ".join(titles) + " |", "|" + " --- |" * len(titles)]
    return [*lines, *("| " + " | ".join(map(str, row)) + " |" for row in rows), ""]


def _page(
    figures: EconomyFigures,
    against: Sequence[Difference],
    varied: Sequence[tuple[int, EconomyFigures]],
    number: str,
) -> str:
    ratio = "–" if figures.ratio_later is None else f"{figures.ratio_later:.2f}"
    lines = [
        "# An economy, played",
        "",
        f"{figures.rolls:,} runs of {figures.days:,} days with the seed `{figures.seed}`. After "
        f"the first week faucets over sinks are {ratio}; the Gini coefficient ends at "
        f"{figures.gini[-1]:.2f}.",
        "",
        "![Wealth](wealth.svg)",
        "",
        "## Personas at the end",
        "",
        *_rows(
            ("persona", "10 %", "50 %", "90 %"),
            ((p.name, *(f"{o:,}" for o in p.bands[-1])) for p in figures.personas),
        ),
        "## Days until a tier",
        "",
        *_rows(
            ("persona", "tier", "reached by", "10 %", "50 %", "90 %"),
            (
                (p.name, tier.tier, f"{tier.share:.0%}", *tier.days)
                for p in figures.personas
                for tier in p.tiers
            ),
        ),
        "## Oranges a player and day",
        "",
        *_rows(
            ("kind", "oranges"),
            (
                *((kind, f"+{oranges:,.1f}") for kind, oranges in figures.faucets.items()),
                *((kind, f"−{oranges:,.1f}") for kind, oranges in figures.sinks.items()),
            ),
        ),
        "## Gems a player and day",
        "",
        *_rows(("kind", "gems"), ((kind, f"{gems:+,.2f}") for kind, gems in figures.gems.items())),
        "![Faucets over sinks](ratio.svg)",
        "",
        "![Gini](gini.svg)",
        "",
        "## Inflation",
        "",
        *_rows(
            ("week", "oranges in purses grew by", "sales in the bazaar cost of their worth"),
            (
                (
                    week,
                    "–" if grown is None else f"{grown:+.1f} %",
                    "–" if price is None else f"{price:.0f} %",
                )
                for week, (grown, price) in _weeks(figures)
            ),
        ),
    ]
    if against:
        lines += ["## Against the other pack", ""]
        lines += _rows(
            ("what", "differs by", "95 % interval"),
            ((d.what, f"{d.mean:+,.3g}", d.interval) for d in against),
        )
    if varied:
        lines += [f"## {number} varied", ""]
        lines += _rows(
            (number, "faucets over sinks", *(p.name for p in figures.personas)),
            (
                (
                    f"{value:,}",
                    "–" if found.ratio_later is None else f"{found.ratio_later:.2f}",
                    *(f"{p.bands[-1][1]:,}" for p in found.personas),
                )
                for value, found in varied
            ),
        )
    return "\n".join(lines)
