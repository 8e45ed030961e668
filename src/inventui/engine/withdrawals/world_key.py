"""The key of a world: an Ed25519 key, made with the world and kept in it.

A world of before gets it with its next withdrawal. Who can read the world's file can sign as it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.db.errors import Trouble, WorldError
from inventui.db.statements import Connection
from inventui.engine.core.settings import set_setting, setting
from inventui.engine.withdrawals.signature import private_key, public_half
from inventui.rules.withdrawals.certificate import SIGNING_KEY

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from inventui.engine.core.context import Context


def public_key(world: Context) -> str | None:
    """The public half of a world's key, as 64 hex digits; None if it never needed one."""
    with world.store.read() as connection:
        found = setting(connection, SIGNING_KEY)
    return None if found is None else public_half(_key(found))


def signer(world: Context) -> Ed25519PrivateKey:
    """A world's key; it is made if there is none."""
    return _key(_secret(world))


def make_key(world: Context, connection: Connection) -> str:
    """The private half of a world's key, made in this transaction if there is none."""
    found = setting(connection, SIGNING_KEY)
    if found is None:
        found = world.entropy.key()
        set_setting(connection, SIGNING_KEY, found)
    return found


def _secret(world: Context) -> str:
    with world.store.read() as connection:
        found = setting(connection, SIGNING_KEY)
    if found is None:
        with world.store.write() as connection:
            found = make_key(world, connection)
    return found


def _key(secret: str) -> Ed25519PrivateKey:
    """The key of what a world keeps as its secret.

    Raises:
        WorldError: that is none.
    """
    try:
        return private_key(secret)
    except ValueError:
        raise WorldError(
            Trouble.ALTERED,
            "The key with which this world signs certificates was changed outside the game, so "
            "nothing can be signed. inventui restore puts a backup back.",
        ) from None
