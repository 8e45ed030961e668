"""Public keys by which players sign in from elsewhere: a line as ssh-keygen writes it."""

from __future__ import annotations

import binascii
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256

from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.text import visible

LEAST_RSA_BITS, MOST_RSA_BITS = 3072, 16_384
LONGEST_NOTE = 60
LONGEST_LINE = 8_192
MOST_KEYS = 20
"""Keys of one player."""

_POINTS = {
    "ecdsa-sha2-nistp256": ("nistp256", 65),
    "ecdsa-sha2-nistp384": ("nistp384", 97),
    "ecdsa-sha2-nistp521": ("nistp521", 133),
}
"""Kind → its curve, and bytes of a point."""

KINDS = ("ssh-ed25519", *_POINTS, "ssh-rsa")
_ED25519_BYTES = 32
_NO_KEY = (
    "That is no public key: a line is needed that begins with ssh-ed25519, ecdsa-sha2 or ssh-rsa."
)
_BROKEN = "That public key is cut off or was changed on its way."


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key.

    Attributes:
        kind: what it is called in SSH, e.g. `ssh-ed25519`.
        line: kind and key as in a line of authorized keys.
        note: what stood behind it.
    """

    kind: str
    line: str
    note: str

    @property
    def fingerprint(self) -> str:
        """As ssh-keygen -l shows it."""
        return fingerprint_of(self.line)


def fingerprint_of(line: str) -> str:
    """The fingerprint of a kind and key that have been read.

    Raises:
        ValueError: it is none.
    """
    digest = sha256(binascii.a2b_base64(line.split(" ")[1].encode())).digest()
    return "SHA256:" + b64encode(digest).decode().rstrip("=")


def read_key(said: str) -> PublicKey | Refusal:
    """The key of a line, or why it is none that lets in."""
    if "PRIVATE KEY" in said or said.startswith("PuTTY-User-Key-File"):
        return _refused(
            "That is a private key, which nobody but you should have. Give the file that ends "
            "in .pub."
        )
    lines = [line for line in said.splitlines() if line.strip() and not line.startswith("#")]
    if len(lines) != 1 or len(said) > LONGEST_LINE:
        return _refused(_NO_KEY if not lines else "One public key at a time: one line.")
    kind, _, rest = lines[0].strip().partition(" ")
    key, _, note = rest.strip().partition(" ")
    if kind not in KINDS:
        return _refused(_NO_KEY)
    try:
        fault = _fault(kind, _parts(binascii.a2b_base64(key.encode(), strict_mode=True)))
    except (ValueError, UnicodeEncodeError):
        fault = _BROKEN
    if fault:
        return _refused(fault)
    return PublicKey(kind, f"{kind} {key}", visible(note.strip())[:LONGEST_NOTE])


def _parts(blob: bytes) -> list[bytes]:
    parts, at = [], 0
    while at < len(blob):
        end = at + 4 + int.from_bytes(blob[at : at + 4], "big")
        if end > len(blob):
            raise ValueError("cut off")
        parts.append(blob[at + 4 : end])
        at = end
    return parts


def _fault(kind: str, parts: list[bytes]) -> str:
    """What is wrong with the parts of a key; nothing if it may let in."""
    if not parts or parts[0] != kind.encode():
        return _BROKEN
    if kind == "ssh-rsa":
        if len(parts) != 3:
            return _BROKEN
        bits = int.from_bytes(parts[2], "big").bit_length()
        if LEAST_RSA_BITS <= bits <= MOST_RSA_BITS:
            return ""
        return (
            f"An RSA key needs {LEAST_RSA_BITS:,} to {MOST_RSA_BITS:,} bits, and this one has "
            f"{bits:,}: ssh-keygen -t ed25519 makes a better one."
        )
    if kind in _POINTS:
        curve, length = _POINTS[kind]
        sound = parts[1:2] == [curve.encode()] and [len(part) for part in parts[2:]] == [length]
        return "" if sound else _BROKEN
    return "" if [len(part) for part in parts[1:]] == [_ED25519_BYTES] else _BROKEN


def _refused(words: str) -> Refusal:
    return Refusal(Reason.INVALID_PUBLIC_KEY, words)
