"""Certificates: a withdrawn player item as a JSON document and as an SVG card."""

from __future__ import annotations

import json
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.rules.cases import proof
from inventui.rules.cases.odds import RollOutcome
from inventui.rules.cases.roll_counts import proved_roll
from inventui.rules.core.clock import to_iso
from inventui.rules.core.enums import Rarity, SeedState
from inventui.rules.core.sprite import parse
from inventui.rules.withdrawals import certificate

if TYPE_CHECKING:
    from inventui.engine.core.context import Context


class WithdrawalRecord(NamedTuple):
    """A withdrawal, with its player's name and the number of its item."""

    id: int
    player_item: int
    at: int
    details: str
    state: str
    path: str
    item_id: int
    player: str


class _Owned(NamedTuple):
    id: int
    acquisition: str
    source: str
    price_paid: int
    player: str


_CHAIN = Statement(
    "WITH RECURSIVE back (id, depth) AS (SELECT id, 0 FROM player_item WHERE id = :player_item"
    " UNION ALL SELECT p.origin_id, depth + 1 FROM player_item p JOIN back ON p.id = back.id"
    " WHERE p.origin_id IS NOT NULL)"
    " SELECT p.id, p.acquisition, p.source, p.price_paid, n.name AS player FROM back"
    " JOIN player_item p ON p.id = back.id JOIN player n ON n.id = p.player_id ORDER BY depth DESC",
    _Owned,
)


class _Move(NamedTuple):
    event: str
    from_status: str | None
    to_status: str
    at: int


_MOVES = Statement(
    "SELECT m.event, m.from_status, m.to_status, o.at FROM move m"
    " JOIN operation o ON o.id = m.operation_id WHERE m.player_item_id = :player_item"
    " ORDER BY m.version",
    _Move,
)


class _RollOfPair(NamedTuple):
    nonce: int
    ticket: int
    entry: int
    odds_table_id: int
    odds_hash: str
    state: str
    server_seed: str
    server_seed_hash: str
    client_seed: str
    draw: int
    since: int


_ROLL = Statement(
    "SELECT r.nonce, r.ticket, r.entry, r.odds_table_id, o.hash AS odds_hash, s.state,"
    " s.server_seed, s.server_seed_hash, s.client_seed, r.draw, r.since FROM roll r"
    " JOIN odds_table o ON o.id = r.odds_table_id JOIN seed_pair s ON s.id = r.seed_pair_id"
    " WHERE r.player_item_id = :player_item",
    _RollOfPair,
)

_COLOURS = {
    Rarity.COMMON: "#b8b2a7",
    Rarity.UNCOMMON: "#7bc96f",
    Rarity.RARE: "#5aa9e6",
    Rarity.EPIC: "#b07cf0",
    Rarity.LEGENDARY: "#f5c542",
}
_WIDTH, _HEIGHT, _PIXEL = 640, 360, 12
_MONO = "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace"


def certificate_of(world: Context, connection: Connection, row: WithdrawalRecord) -> dict[str, Any]:
    """A withdrawal's certificate, as the JSON document that is written."""
    chain = connection.execute(_CHAIN, {"player_item": row.player_item}).all()
    provenance = [
        {
            "at": move.at,
            "player": owner.player,
            "item_id": owner.id,
            "event": move.event,
            "from": move.from_status,
            "to": move.to_status,
        }
        for owner in chain
        for move in connection.execute(_MOVES, {"player_item": owner.id})
    ]
    item = world.catalogue.item(connection, row.item_id)
    first = chain[0]
    roll = connection.execute(_ROLL, {"player_item": first.id}).first()
    return {
        "format": certificate.FORMAT,
        "version": certificate.VERSION,
        "withdrawal": row.id,
        "player": row.player,
        "details": row.details,
        "withdrawn_at": row.at,
        "item": {
            "id": row.player_item,
            "slug": item.slug,
            "name": item.name,
            "category": str(item.category),
            "rarity": str(item.rarity),
            "value": item.value,
        },
        "origin": {
            "acquisition": first.acquisition,
            "source": first.source,
            "price_paid": first.price_paid,
            "player": first.player,
        },
        "provenance": provenance,
        "roll": None if roll is None else _roll(roll),
        "proof": None if roll is None else _proof(world, connection, roll, item.slug),
    }


def _roll(roll: _RollOfPair) -> dict[str, Any]:
    return {
        "nonce": roll.nonce,
        "ticket": roll.ticket,
        "odds_hash": roll.odds_hash,
        "server_seed_hash": roll.server_seed_hash,
        "client_seed": roll.client_seed,
    }


def _proof(
    world: Context, connection: Connection, roll: _RollOfPair, slug: str
) -> dict[str, Any] | None:
    """A proof of one roll, or None while its pair is not retired."""
    if roll.state != SeedState.RETIRED:
        return None
    table = world.catalogue.odds(connection, roll.odds_table_id)
    outcome = RollOutcome(roll.entry, roll.draw, roll.since)
    proved = proved_roll(table, roll.nonce, roll.ticket, outcome, slug)
    pair = {
        "server_seed": roll.server_seed,
        "server_seed_hash": roll.server_seed_hash,
        "client_seed": roll.client_seed,
        "rolls": [proved],
    }
    return {
        "format": proof.FORMAT,
        "version": proof.VERSION,
        "odds_tables": {roll.odds_hash: json.loads(table.canonical())},
        "pairs": [pair],
    }


def file_stem(document: dict[str, Any]) -> str:
    """The name of a certificate's files, made from the document: written again, it is the same."""
    digest = sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()[:8]
    return f"withdrawal-{document['withdrawal']}-{document['item']['slug']}-{digest}"


def card_of(document: dict[str, Any], sprite: str) -> str:
    """A certificate as an SVG card, which refers to no other file."""
    item, origin = document["item"], document["origin"]
    colour = _COLOURS[Rarity(item["rarity"])]
    roll = document["roll"]
    proved = "no roll: it was never won" if roll is None else f"roll {roll['nonce']:,}"
    if roll is not None:
        proved += " · proved" if document["proof"] else " · seed still secret"
    lines = [
        (f"{item['rarity']} {item['category']}".replace("_", " "), 20, colour),
        (f"worth {item['value']:,} oranges", 18, "#f3ead9"),
        (f"{origin['acquisition']}: {origin['source'] or 'the world'}", 16, "#b8a98f"),
        (proved, 16, "#b8a98f"),
        (f"withdrawn by {document['player']}", 16, "#b8a98f"),
        (f"{to_iso(document['withdrawn_at'])} · no. {document['withdrawal']}", 16, "#b8a98f"),
    ]
    body = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
        f' width="{_WIDTH}" height="{_HEIGHT}" font-family="{_MONO}">',
        f"<title>{escape(item['name'], quote=False)}</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" rx="18" fill="#17120d"/>',
        f'<rect x="10" y="10" width="{_WIDTH - 20}" height="{_HEIGHT - 20}" rx="12" fill="none"'
        f' stroke="{colour}" stroke-width="2"/>',
        '<text x="34" y="48" font-size="15" fill="#ff9a3c">inventui · certificate</text>',
        *_pixels(sprite),
        f'<text x="280" y="104" font-size="28" font-weight="bold" fill="#fff6e6"'
        f' textLength="{min(330, 17 * len(item["name"]))}" lengthAdjust="spacingAndGlyphs">'
        f"{escape(item['name'], quote=False)}</text>",
    ]
    top = 138
    for words, size, ink in lines:
        shown = escape(words[:36], quote=False)
        body.append(f'<text x="280" y="{top}" font-size="{size}" fill="{ink}">{shown}</text>')
        top += size + 14
    return "\n".join([*body, "</svg>"]) + "\n"


def _pixels(sprite: str) -> list[str]:
    """The sprite's pixels, in the middle of the card's left side."""
    picture = parse(sprite)
    if not picture.width:
        return []
    left = 150 - picture.width * _PIXEL // 2
    top = 190 - picture.height * _PIXEL // 2
    return [
        f'<rect x="{left + x * _PIXEL}" y="{top + y * _PIXEL}" width="{_PIXEL}"'
        f' height="{_PIXEL}" fill="{colour}"/>'
        for y, row in enumerate(picture.rows)
        for x, colour in enumerate(row)
        if colour
    ]
