"""Signatures of certificates: Ed25519. Checking one needs no world, and imports no database.

The library of the keys is loaded only where something is signed or checked.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inventui.rules.withdrawals.certificate import (
    SIGNATURE,
    SIGNING_KEY,
    Certified,
    check_certificate,
    signed_part,
)

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def signed(document: dict[str, Any], key: Ed25519PrivateKey) -> dict[str, Any]:
    """A certificate with its key and signature; the same of the same."""
    whole = {**document, "key": public_half(key)}
    return {**whole, SIGNATURE: key.sign(signed_part(whole)).hex()}


def verify_certificate(document: object) -> Certified:
    """Check a certificate as it was read from JSON; every fault says where."""
    return check_certificate(document, _is_good)


def key_at(path: Path) -> str | None:
    """The public key of the world at `path`, empty if it has signed nothing yet.

    The world is only read. None if none can be read there.
    """
    import sqlite3

    if not path.is_file():
        return None
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=1.0)
        ) as connection:
            found = connection.execute(
                "SELECT value FROM world_setting WHERE name = ?", (SIGNING_KEY,)
            ).fetchone()
        return "" if found is None else public_half(private_key(str(found[0])))
    except (sqlite3.Error, ValueError):
        return None


def private_key(secret: str) -> Ed25519PrivateKey:
    """The key of a secret of 64 hex digits."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret))


def public_half(key: Ed25519PrivateKey) -> str:
    """The public half of a key, as 64 hex digits."""
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
