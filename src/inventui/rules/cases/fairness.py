"""Provable fairness: the convention that public verifiers check.

The bytes of HMAC-SHA256(key = server seed as text, message = "client:nonce:cursor"),
for cursor 0, 1, …, are read as big-endian 32-bit numbers u; u / 2**32 are the floats.
A roll uses the first: its ticket is u × 1,000,000 / 2**32 rounded down, in whole
numbers throughout.
"""

import hmac
from collections.abc import Iterable
from hashlib import sha256

from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.text import faults_of_text

TICKETS = 1_000_000
"""A ticket is a whole number from 0 to TICKETS − 1."""

SERVER_SEED_DIGITS = 64
CLIENT_SEED_LENGTH = 64
"""Most characters of a client seed."""

_WORD = 2**32
_BLOCK = 64
"""Bytes of a block of SHA-256, to which HMAC pads a key."""


def commitment(server_seed: str) -> str:
    """SHA-256 of the server seed's text, in hex: what is shown before the seed is used."""
    return sha256(server_seed.encode()).hexdigest()


def floats(server_seed: str, client_seed: str, nonce: int, count: int) -> list[float]:
    """The first `count` floats (each ≥ 0 and < 1) of one nonce."""
    return [word / _WORD for word in words(server_seed, client_seed, nonce, count)]


def words(server_seed: str, client_seed: str, nonce: int, count: int) -> list[int]:
    """The first `count` 32-bit numbers of one nonce, eight to an HMAC block."""
    key = server_seed.encode()
    stream = b"".join(
        hmac.digest(key, f"{client_seed}:{nonce}:{cursor}".encode(), "sha256")
        for cursor in range((count + 7) // 8)
    )
    return [int.from_bytes(stream[i : i + 4], "big") for i in range(0, 4 * count, 4)]


def tickets(server_seed: str, client_seed: str, first_nonce: int, count: int) -> list[int]:
    """The tickets of `count` consecutive nonces."""
    key = server_seed.encode()
    prefix = client_seed.encode().replace(b"%", b"%%") + b":%d:0"
    digest, number = hmac.digest, int.from_bytes
    return [
        number(digest(key, prefix % nonce, "sha256")[:4], "big") * TICKETS >> 32
        for nonce in range(first_nonce, first_nonce + count)
    ]


def blocks(server_seed: str, client_seed: str, nonces: Iterable[int]) -> list[bytes]:
    """The first HMAC block of each nonce; what its first four bytes say is the ticket.

    The key is read once for all of them, which takes half the time of as many HMACs.
    """
    key = server_seed.encode()
    if len(key) > _BLOCK:
        key = sha256(key).digest()
    key = key.ljust(_BLOCK, b"\0")
    inner = sha256(bytes(byte ^ 0x36 for byte in key)).copy
    outer = sha256(bytes(byte ^ 0x5C for byte in key)).copy
    message = client_seed.encode().replace(b"%", b"%%") + b":%d:0"
    found: list[bytes] = []
    for nonce in nonces:
        inside = inner()
        inside.update(message % nonce)
        outside = outer()
        outside.update(inside.digest())
        found.append(outside.digest())
    return found


def least_block(ticket: int) -> bytes:
    """The first bytes of the least block that gives a ticket or a higher one.

    A block gives a ticket below `ticket` exactly if it is below these bytes. For the
    number after the last ticket they are higher than any block.
    """
    word = -(-ticket * _WORD // TICKETS)
    return word.to_bytes(4, "big") if word < _WORD else b"\xff" * (sha256().digest_size + 1)


def ticket(server_seed: str, client_seed: str, nonce: int) -> int:
    """The ticket of one roll."""
    return tickets(server_seed, client_seed, nonce, 1)[0]


def is_server_seed(text: str) -> bool:
    """Whether `text` is 64 lower-case hex digits."""
    return len(text) == SERVER_SEED_DIGITS and all(c in "0123456789abcdef" for c in text)


def check_client_seed(text: str) -> Refusal | None:
    """None if `text` can be a client seed: 1–64 visible characters, none that hides."""
    faults = faults_of_text(text, CLIENT_SEED_LENGTH)
    if not text.strip():
        faults = ["it is empty"]
    if not faults:
        return None
    return Refusal(
        Reason.INVALID_CLIENT_SEED,
        f"That client seed can't be used: {faults[0]}. "
        f"Take 1 to {CLIENT_SEED_LENGTH} ordinary characters.",
        {"longest": CLIENT_SEED_LENGTH},
    )
