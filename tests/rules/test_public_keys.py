"""Public keys as ssh-keygen writes them."""

from base64 import b64encode

import pytest

from inventui.rules.core.refusal import Reason
from inventui.rules.people.public_keys import LONGEST_NOTE, PublicKey, read_key
from tests.builders import refused

ED25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINOpfpgRdvIUVUrQQcdvuXBZzfeyFFr7Yj77Dr2ipLCr ana@x"
ECDSA = (
    "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBB+evpcbUPr526Mmu8Jg"
    "ZaTMOgkSA4vsNOfofLDWSfaE1jdnkTSW0LYxY10Qvad/sQ9dsj+Tq5ZJo9Mo2u7tIVQ= ana@x"
)


def line_of(*parts: bytes) -> str:
    blob = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return f"{parts[0].decode()} {b64encode(blob).decode()}"


def rsa(bits: int) -> str:
    modulus = b"\0" + (1 << bits - 1 | 1).to_bytes(-(-bits // 8), "big")
    return line_of(b"ssh-rsa", b"\1\0\1", modulus)


@pytest.mark.parametrize("line", [ED25519, ECDSA, rsa(3072), rsa(4096)])
def test_a_line_of_ssh_keygen_is_a_public_key(line: str) -> None:
    key = read_key(line + "\n")
    assert isinstance(key, PublicKey)
    assert key.line == " ".join(line.split()[:2])
    assert key.fingerprint.startswith("SHA256:")
    assert read_key(key.line) == PublicKey(key.kind, key.line, "")


def test_a_fingerprint_is_the_one_that_ssh_keygen_shows() -> None:
    key = read_key(ED25519)
    assert isinstance(key, PublicKey)
    assert key.fingerprint == "SHA256:Xt3eEIrqDedZxskOEp/jUVO8KTPmTnAUMrvaAPlx9W4"
    assert key.note == "ana@x"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("", "no public key"),
        ("hello", "no public key"),
        ("ssh-dss AAAA x", "no public key"),
        ('command="x" ' + ED25519, "no public key"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n", "private key"),
        ("-----BEGIN RSA PRIVATE KEY-----", "private key"),
        ("PuTTY-User-Key-File-3: ssh-ed25519", "private key"),
        (f"{ED25519}\n{ECDSA}", "One public key"),
        (ED25519 + "x" * 9_000, "One public key"),
        (ED25519.replace("AAAAI", "AAAAJ"), "cut off"),
        (ED25519[:60], "cut off"),
        ("ssh-ed25519 é", "cut off"),
        ("ssh-ed25519", "cut off"),
        (ED25519.replace("ssh-ed25519", "ssh-rsa"), "cut off"),
        (line_of(b"ecdsa-sha2-nistp256", b"nistp384", b"\4" * 65), "cut off"),
        (line_of(b"ssh-rsa", b"\3"), "cut off"),
        (rsa(2048), "2,048"),
        (rsa(20_000), "bits"),
    ],
)
def test_what_is_no_public_key_is_refused_in_a_sentence_that_says_why(
    said: str, words: str
) -> None:
    assert words in refused(read_key(said), Reason.INVALID_PUBLIC_KEY).message


def test_a_note_hides_nothing_and_is_short() -> None:
    key = read_key(ED25519.replace("ana@x", "an\x1b[31ma\u202e" + "x" * 100))
    assert isinstance(key, PublicKey)
    assert key.note.startswith("an[31max")
    assert len(key.note) == LONGEST_NOTE
