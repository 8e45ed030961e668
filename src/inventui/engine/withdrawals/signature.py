"""The key of a world, and the signatures of its certificates.

The key is an Ed25519 key, made when it is first needed and kept in the world: who can read the
world's file can sign as it. Its library is loaded only where something is signed or checked.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inventui.db.statements import Connection
from inventui.engine.core.settings import set_setting, setting
from inventui.rules.withdrawals.certificate import (
    SIGNATURE,
    Certified,
    check_certificate,
    signed_part,
)

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from inventui.engine.core.context import Context

_NAME = "signing_key"


def public_key(world: Context) -> str:
    """The public half of a world's key, as 64 hex digits; the key is made if there is none."""
    return _public(_private(_secret(world)))


def signer(world: Context) -> Ed25519PrivateKey:
    """A world's key; it is made if there is none."""
    return _private(_secret(world))


def signed(document: dict[str, Any], key: Ed25519PrivateKey) -> dict[str, Any]:
    """A certificate with its key and signature; the same of the same."""
    whole = {**document, "key": _public(key)}
    return {**whole, SIGNATURE: key.sign(signed_part(whole)).hex()}


def verify_certificate(document: object) -> Certified:
    """Check a certificate as it was read from JSON; every fault says where."""
    return check_certificate(document, _is_good)


def key_at(path: Path) -> str | None:
    """The public key of the world at `path`, empty if it has signed nothing yet.

    The world is only read. None if none can be read there.
    """
    if not path.is_file():
        return None
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=1.0)
        ) as connection:
            found = connection.execute(
                "SELECT value FROM world_setting WHERE name = ?", (_NAME,)
            ).fetchone()
        return "" if found is None else _public(_private(str(found[0])))
    except (sqlite3.Error, ValueError):
        return None


def make_key(world: Context, connection: Connection) -> str:
    """The private half of a world's key, made in this transaction if there is none."""
    found = setting(connection, _NAME)
    if found is None:
        found = world.entropy.key()
        set_setting(connection, _NAME, found)
    return found


def _secret(world: Context) -> str:
    with world.store.read() as connection:
        found = setting(connection, _NAME)
    if found is None:
        with world.store.write() as connection:
            found = make_key(world, connection)
    return found


def _private(secret: str) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret))


def _public(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes_raw().hex()


def _is_good(key: str, signature: str, message: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        public, given = bytes.fromhex(key), bytes.fromhex(signature)
        if (public.hex(), given.hex()) != (key, signature):
            return False
        Ed25519PublicKey.from_public_bytes(public).verify(given, message)
    except (InvalidSignature, ValueError):
        return False
    return True
