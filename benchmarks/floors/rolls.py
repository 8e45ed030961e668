"""The bare HMAC loop: what a roll costs before anybody asks what it won."""

import hmac


def roll_bare(seed: str, rolls: int) -> int:
    """Make each nonce's first 32-bit number and forget it; the last one is the answer."""
    key, number = seed.encode(), 0
    for nonce in range(rolls):
        digest = hmac.digest(key, f"{seed}:{nonce}:0".encode(), "sha256")
        number = int.from_bytes(digest[:4], "big")
    return number
