"""Withdrawals: a player item leaves the world, and its certificate is written to a folder.

A withdrawal has two states, since a file can't be part of a transaction. `withdraw` is an
operation: the player item ends as withdrawn, and a withdrawal begins as *pending*. `deliver`
then writes the certificate of every pending one, each file whole or not at all, and notes it as
*delivered* with its path. A write that fails leaves it pending, and the next start tries again.
The name of the files is made from the document, so a certificate that was written but not noted
(the program died in between) is written over by itself, not a second time.

A certificate proves the roll that gave the player item. The proof needs the server seed, which
is secret while its pair is active, so withdrawing retires the pair if it is the player's own.
While it is an earlier owner's, the certificate carries the commitment alone.

`tests/engine/test_withdrawals.py` fails if a full disk leaves half a file, and
`test_people_kills.py` if a killed program loses a certificate.
"""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from inventui.db.statements import Connection, Statement
from inventui.engine.core.files import write_whole
from inventui.engine.core.operation import Draft, Intent, perform
from inventui.engine.core.outcomes import Delivered
from inventui.engine.fairness.fairness import rotate_pair
from inventui.engine.inventory.player_items import player_item_of
from inventui.engine.withdrawals.certificate import (
    WithdrawalRecord,
    card_of,
    certificate_of,
    file_stem,
)
from inventui.engine.withdrawals.models import Delivery, WithdrawalLine, Withdrawn
from inventui.engine.withdrawals.signature import signed
from inventui.engine.withdrawals.world_key import make_key, signer
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Event, Rarity, Status
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.sprite import drawn
from inventui.rules.withdrawals.withdrawals import WithdrawalState, check_details, check_withdraw

if TYPE_CHECKING:
    from inventui.engine.core.context import Player

MOST_LISTED = 1_000
"""Withdrawals that are listed at once."""

_NEW = Statement(
    "INSERT INTO withdrawal (operation_id, player_id, player_item_id, at, details, state, path)"
    " VALUES (:operation, :player, :player_item, :at, :details, '{pending}', '')"
    " RETURNING id",
    int,
    pending=WithdrawalState.PENDING,
)
_SELECT = (
    "SELECT w.id, w.player_item_id AS player_item, w.at, w.details, w.state, w.path, p.item_id,"
    " n.name AS player FROM withdrawal w JOIN player_item p ON p.id = w.player_item_id"
    " JOIN player n ON n.id = w.player_id WHERE w.player_id = :player"
)


_LATEST = Statement(
    "{select} ORDER BY w.id DESC LIMIT {most}", WithdrawalRecord, select=_SELECT, most=MOST_LISTED
)
_ONE = Statement("{select} AND w.id = :id", WithdrawalRecord, select=_SELECT)
_PENDING = Statement(
    "{select} AND w.state = '{pending}' ORDER BY w.id",
    WithdrawalRecord,
    select=_SELECT,
    pending=WithdrawalState.PENDING,
)
_ANY = Statement(
    "SELECT 1 FROM withdrawal INDEXED BY withdrawal_pending"
    " WHERE player_id = :player AND state = '{pending}' LIMIT 1",
    int,
    pending=WithdrawalState.PENDING,
)
_DELIVERED = Statement(
    "UPDATE withdrawal SET state = '{delivered}', path = :path,"
    " delivered_by = :operation WHERE id = :id",
    delivered=WithdrawalState.DELIVERED,
)
_STATE = Statement("SELECT state FROM withdrawal WHERE id = :id", str)
_SECRET_ROLL = Statement(
    "WITH RECURSIVE back (id) AS (SELECT id FROM player_item WHERE id = :player_item"
    " UNION ALL SELECT p.origin_id FROM player_item p"
    " JOIN back ON p.id = back.id WHERE p.origin_id IS NOT NULL)"
    " SELECT 1 FROM back JOIN roll r ON r.player_item_id = back.id"
    " JOIN seed_pair s ON s.id = r.seed_pair_id"
    " WHERE s.player_id = :player AND s.state = 'active'",
    int,
)


class Withdrawals:
    """One player's withdrawals."""

    def __init__(self, handle: Player) -> None:
        """Act for the player of `handle`."""
        self._handle = handle
        self._world = handle.world

    def list(self) -> tuple[WithdrawalLine, ...]:
        """The latest 1,000 withdrawals, the newest first."""
        with self._world.store.read() as connection:
            rows = connection.execute(_LATEST, {"player": self._handle.id}).all()
            return tuple(self._line(connection, row) for row in rows)

    def pending(self) -> bool:
        """Whether a certificate is still to be written, which `deliver` does."""
        with self._world.store.read() as connection:
            return connection.execute(_ANY, {"player": self._handle.id}).first() is not None

    def withdraw(
        self, item_id: int, details: str = "", key: str | None = None
    ) -> Withdrawn | Refusal:
        """Take a player item out of the world; `deliver` then writes its certificate.

        If the player's active seed pair has rolled the player item, the pair is retired in the
        same operation, so that the certificate can prove the roll.
        """
        refusal = check_details(details)
        if refusal is not None:
            return refusal
        request = {"item": item_id, "details": details}
        intent = Intent("withdraw", request, self._handle.id, uuid4().hex if key is None else key)
        return perform(
            self._world, intent, lambda draft: self._withdraw(draft, item_id, details), Withdrawn
        )

    def _withdraw(self, draft: Draft, item_id: int, details: str) -> Withdrawn | Refusal:
        connection, world, player = draft.connection, self._world, self._handle.id
        row = player_item_of(connection, player, item_id)
        if isinstance(row, Refusal):
            return row
        item = world.catalogue.item(connection, row.item_id)
        refusal = check_withdraw(item.name, item.value, Status(row.status), locked=bool(row.locked))
        if refusal is not None:
            return refusal
        who = {"player_item": item_id, "player": player}
        secret = connection.execute(_SECRET_ROLL, who).first() is not None
        operation = draft.begin()
        operation.move([item_id], Status.OWNED, Event.WITHDRAW)
        number = connection.execute(
            _NEW,
            {**who, "operation": operation.id, "at": operation.at, "details": details},
        ).one()
        # Made here, so that delivering writes nothing into the world but that it is done.
        make_key(world, connection)
        if secret:
            rotate_pair(world, operation, player)
        return Withdrawn(
            operation=operation.id,
            withdrawal=number,
            item_id=item_id,
            name=item.name,
            value=item.value,
            rotated=secret,
            at=operation.at,
        )

    def deliver(self, folder: Path) -> tuple[Delivery, ...]:
        """Write the certificate of every pending withdrawal; what fails stays pending.

        Each is a JSON document and an SVG card, whole or not there at all.
        """
        with self._world.store.read() as connection:
            pending = connection.execute(_PENDING, {"player": self._handle.id}).all()
        done = []
        for row in pending:
            delivery = self._write(row, folder)
            if not delivery.trouble:
                self._mark(row.id, Path(delivery.path))
            done.append(delivery)
        return tuple(done)

    def write_again(self, number: int, folder: Path) -> Delivery | Refusal:
        """Write a certificate once more, as the world would write it today.

        So one from before they were signed becomes a signed one, and one whose roll was made
        with a seed that was secret then proves it now. The world is not changed.

        Args:
            number: the withdrawal's.
            folder: where it is written.
        """
        with self._world.store.read() as connection:
            asked = {"player": self._handle.id, "id": number if 0 < number < 2**63 else 0}
            row = connection.execute(_ONE, asked).first()
        if row is None:
            return Refusal(
                Reason.UNKNOWN_ITEM,
                f"None of your withdrawals has the number {number}. See them with: inventui "
                "withdrawals",
                {"withdrawal": number},
            )
        delivery = self._write(row, folder)
        if delivery.trouble:
            return Refusal(Reason.FILE_UNWRITABLE, delivery.trouble, {"folder": str(folder)})
        return delivery

    def _write(self, row: WithdrawalRecord, folder: Path) -> Delivery:
        """Write a certificate, or say why it can't be written."""
        key = signer(self._world)
        with self._world.store.read() as connection:
            document = signed(certificate_of(self._world, connection, row), key)
            item = self._world.catalogue.item(connection, row.item_id)
        path = folder / f"{file_stem(document)}.json"
        try:
            write_whole(
                path.with_suffix(".svg"), card_of(document, drawn(item.sprite, "", item.rarity))
            )
            write_whole(path, json.dumps(document, ensure_ascii=False, indent=1) + "\n")
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error)
            trouble = (
                f"{item.name} is withdrawn, but its certificate can't be written to {folder}: "
                f"{why}. It is tried again at the next start."
            )
            return Delivery(row.id, item.name, "", trouble)
        unproved = document["roll"] is not None and document["proof"] is None
        return Delivery(row.id, item.name, str(path), "", unproved)

    def _mark(self, number: int, path: Path) -> None:
        intent = Intent("deliver", {"withdrawal": number}, self._handle.id, f"deliver:{number}")
        perform(self._world, intent, partial(self._delivered, number, str(path)), Delivered)

    def _delivered(self, number: int, path: str, draft: Draft) -> Delivered:
        operation = draft.begin()
        if draft.connection.execute(_STATE, {"id": number}).one() == "pending":
            draft.connection.execute(
                _DELIVERED, {"id": number, "path": path, "operation": operation.id}
            )
        return Delivered(operation.id, number)

    def _line(self, connection: Connection, row: WithdrawalRecord) -> WithdrawalLine:
        item = self._world.catalogue.item(connection, row.item_id)
        return WithdrawalLine(
            id=row.id,
            item_id=row.player_item,
            name=item.name,
            category=Category(item.category),
            rarity=Rarity(item.rarity),
            value=item.value,
            at=row.at,
            details=row.details,
            state=WithdrawalState(row.state),
            path=row.path,
        )
