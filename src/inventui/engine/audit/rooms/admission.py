"""How players come in from elsewhere, checked: invitations, public keys, locks."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection
from sqlmodel import col

from inventui.db.tables.admission import (
    InvitationRow,
    InvitationUseRow,
    PlayerKeyRow,
    PlayerLockRow,
)
from inventui.db.tables.journal import OperationRow
from inventui.db.tables.players import PlayerRow
from inventui.db.tables.select import maybe, select
from inventui.db.tables.streets import NeighbourRow
from inventui.engine.audit.check import columns_of, records, rows, told
from inventui.rules.core.clock import DAY
from inventui.rules.core.refusal import Refusal
from inventui.rules.people.invitations import MOST_DAYS, MOST_USES
from inventui.rules.people.public_keys import read_key

_HEX = frozenset("0123456789abcdef")
_DIGITS = 64


class _Use(NamedTuple):
    id: int = InvitationUseRow.id
    number: int = InvitationUseRow.number
    invitation: int = InvitationUseRow.invitation_id
    player: int = InvitationUseRow.player_id
    uses: int | None = maybe(InvitationRow.uses)
    until: int | None = maybe(InvitationRow.until)
    kind: str | None = maybe(OperationRow.kind)
    at: int | None = maybe(OperationRow.at)
    outcome: str | None = OperationRow.outcome


def check_invitations(connection: Connection) -> Iterator[str]:
    """Each keeps a hash, and let in so many as it may, in time, by the operations that say so."""
    for invitation in rows(
        connection,
        select(
            InvitationRow.id,
            InvitationRow.hash,
            InvitationRow.uses,
            InvitationRow.made_at,
            InvitationRow.until,
        ),
    ):
        number, kept, uses, made, until = invitation
        if len(kept) != _DIGITS or not set(kept) <= _HEX:
            yield f"invitation {number} keeps no hash of a code"
        if not (1 <= uses <= MOST_USES and made < until <= made + MOST_DAYS * DAY):
            yield f"invitation {number} is for more, or for longer, than one may be"
    used: Counter[int] = Counter()
    for use in records(
        connection,
        _Use,
        columns_of(_Use)
        .select_from(InvitationUseRow)
        .outerjoin(InvitationRow, col(InvitationRow.id) == InvitationUseRow.invitation_id)
        .outerjoin(OperationRow, col(OperationRow.id) == InvitationUseRow.operation_id)
        .order_by(col(InvitationUseRow.id)),
    ):
        what = f"use {use.id} of invitation {use.invitation}"
        used[use.invitation] += 1
        if use.number != used[use.invitation] or use.number > (use.uses or 0):
            yield f"{what} is one that it did not allow"
        if use.kind != "player" or told(use.outcome).get("player") != use.player:
            yield f"{what} belongs to no operation that made player {use.player}"
        elif use.at is None or use.at >= (use.until or 0):
            yield f"{what} came too late"


def check_sign_in(connection: Connection) -> Iterator[str]:
    """A public key is one, under its fingerprint, once; keys and locks are of who plays."""
    live: Counter[tuple[int, str]] = Counter()
    for number, player, fingerprint, line, removed in rows(
        connection,
        select(
            PlayerKeyRow.id,
            PlayerKeyRow.player_id,
            PlayerKeyRow.fingerprint,
            PlayerKeyRow.key,
            PlayerKeyRow.removed_at,
        ).order_by(col(PlayerKeyRow.id)),
    ):
        key = read_key(line)
        if isinstance(key, Refusal) or key.fingerprint != fingerprint:
            yield f"public key {number} of player {player} is not that of its fingerprint"
        live[player, fingerprint] += removed is None
    for (player, fingerprint), count in live.items():
        if count > 1:
            yield f"player {player} has the public key {fingerprint} more than once"
    persons = select(PlayerRow.id).where(
        ~select(NeighbourRow.id).where(NeighbourRow.player_id == PlayerRow.id).exists()
    )
    for (player,) in rows(
        connection,
        select(PlayerLockRow.player_id).where(col(PlayerLockRow.player_id).not_in(persons)),
    ):
        yield f"player {player} is locked out, and is nobody who signs in"
