"""What the catalogue says at a moment, in brief: prices, values, odds in force, rewards.

A world keeps it each time that it loads packs, beside the numbers of the economy, so that the audit
knows what a thing cost when it was bought, and notices a catalogue that no pack made.
"""

import json
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

Read = Callable[[str], Iterable[tuple[Any, ...]]]
"""Runs a SELECT."""

_ROWS = (
    "SELECT slug, name, description, flavour, category, rarity, rarity_rank, tier, price_oranges,"
    " price_gems, value, emoji, sprite, style, image_url, details, active FROM item ORDER BY id",
    "SELECT slug, name, description, price, sprite, position, odds_table_id, active FROM case_box"
    " ORDER BY id",
    "SELECT slug, position, name, description, emoji, condition, threshold, oranges, gems,"
    " experience, item_id, active FROM achievement ORDER BY id",
    "SELECT slug, position, details, active FROM neighbour ORDER BY id",
    "SELECT item_id, edition, first FROM stock ORDER BY item_id",
)


def catalogue_state(read: Read, pack: str) -> dict[str, Any]:
    """The catalogue in brief.

    Args:
        read: runs a SELECT in the transaction that asks.
        pack: the digest of what was loaded.

    Returns:
        A JSON value: the `pack`; a `digest` of every row; and of what can be had now, by number or
        slug, `items` [oranges, gems, value, details], `cases` (in order) with the hash of their
        odds, `goals` [oranges, gems, experience, item's number], `neighbours` (oranges).
    """
    total = sha256()
    for statement in _ROWS:
        for row in read(statement):
            total.update(json.dumps(list(row)).encode())
    return {
        "pack": pack,
        "digest": total.hexdigest(),
        "items": {
            str(number): [oranges, gems, value, _object(details)]
            for number, oranges, gems, value, details in read(
                "SELECT id, price_oranges, price_gems, value, details FROM item WHERE active = 1"
            )
        },
        "cases": [
            list(row)
            for row in read(
                "SELECT c.slug, o.hash FROM case_box c JOIN odds_table o ON o.id = c.odds_table_id"
                " WHERE c.active = 1 ORDER BY c.position"
            )
        ],
        "goals": {
            slug: list(rewards)
            for slug, *rewards in read(
                "SELECT slug, oranges, gems, experience, item_id FROM achievement WHERE active = 1"
            )
        },
        "neighbours": {
            slug: _object(details).get("oranges")
            for slug, details in read("SELECT slug, details FROM neighbour WHERE active = 1")
        },
    }


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
