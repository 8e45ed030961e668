"""Signing in by SSH: passphrases, keys, invitations, and who is locked out."""

from __future__ import annotations

from pathlib import Path

import pytest

from inventui.engine.core.models import PlayerCard
from inventui.engine.players.invitations import Invited
from inventui.engine.players.sign_in import PlayerKey
from inventui.engine.world import World
from inventui.serve.context import ServerContext, ServerOptions
from inventui.serve.ssh.server import listen
from tests.builders import a_player, audited, done
from tests.serve.conftest import Client, Served, asyncssh, serving
from tests.serve.site import Games

pytestmark = pytest.mark.trust


class Joins(asyncssh.SSHClient):
    """Answers what one who joins is asked."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)

    def kbdint_auth_requested(self) -> str:
        return ""

    def kbdint_challenge_received(
        self, name: str, instructions: str, lang: str, prompts: list[tuple[str, bool]]
    ) -> list[str] | None:
        return self.answers if len(prompts) == len(self.answers) else None


async def joined(served: Served, *answers: str) -> asyncssh.SSHClientConnection:
    """A connection of one who became a player by these answers."""
    connection, _ = await asyncssh.create_connection(
        lambda: Joins(*answers), "127.0.0.1", served.port, username="join", known_hosts=None,
        client_keys=None, config=None, preferred_auth="keyboard-interactive",
    )  # fmt: skip
    return connection


@pytest.mark.parametrize(
    ("name", "phrase"), [("bob", "wrong one"), ("nobody", "open sesame"), ("nophrase", "")]
)
async def test_who_says_the_wrong_name_or_passphrase_is_told_nothing(
    served: Served, name: str, phrase: str
) -> None:
    with pytest.raises(asyncssh.PermissionDenied):
        async with served.connected(name, phrase):
            pass


async def test_a_new_player_joins_where_registration_is_open_and_plays_at_once(
    served: Served,
) -> None:
    async with await joined(served, "cleo", "a long phrase", "a long phrase") as connection:
        client = await Client.of(connection)
        await client.until_shown("cleo")
    async with served.connected("cleo", "a long phrase"):
        pass


async def test_a_new_player_joins_by_invitation_where_one_is_asked_for(tmp_path: Path) -> None:
    with serving(tmp_path, "--register", "invite") as server:
        with World.open(server.database) as world:
            code = done(world.invitations.make(1, 7), Invited).code
        async with await joined(server, code, "cleo", "phrase", "phrase") as connection:
            client = await Client.of(connection)
            await client.until_shown("cleo")
        with pytest.raises(asyncssh.DisconnectError):
            await joined(server, code, "dan", "phrase", "phrase")
        with World.open(server.database) as world:
            assert [player.name for player in world.players.list()][-1] == "cleo"
            audited(world)


async def test_a_connection_on_which_wrong_answers_go_on_is_closed(served: Served) -> None:
    with pytest.raises(asyncssh.DisconnectError):
        await joined(served, "", "a long phrase", "a long phrase")


@pytest.fixture(scope="module")
def keys() -> dict[str, asyncssh.SSHKey]:
    """A key of each kind that may let in."""
    return {
        kind: asyncssh.generate_private_key(kind, **options)
        for kind, options in {
            "ssh-ed25519": {},
            "ecdsa-sha2-nistp256": {},
            "ssh-rsa": {"key_size": 3072},
        }.items()
    }


async def test_a_player_comes_in_by_a_key_of_theirs_without_a_passphrase(
    served: Served, keys: dict[str, asyncssh.SSHKey]
) -> None:
    with World.open(served.database) as world:
        player = done(world.players.find("nophrase"), PlayerCard)
        added = [
            done(world.keys.add(player.id, key.export_public_key().decode()), PlayerKey)
            for key in keys.values()
        ]
    for key in keys.values():
        async with served.connected_by_key("NOPHRASE", key):
            pass
    async with served.connected_by_key("nophrase", keys["ssh-ed25519"]) as connection:
        client = await Client.of(connection)
        await client.until_shown("nophrase")
    for name in ("ana", "nobody", "join"):
        with pytest.raises(asyncssh.PermissionDenied):
            async with served.connected_by_key(name, *keys.values()):
                pass
    with World.open(served.database) as world:
        for key in added:
            world.keys.remove(player.id, key.fingerprint)
    with pytest.raises(asyncssh.PermissionDenied):
        async with served.connected_by_key("nophrase", *keys.values()):
            pass


async def test_a_key_that_is_named_and_not_had_lets_nobody_in(
    served: Served, keys: dict[str, asyncssh.SSHKey]
) -> None:
    anas = keys["ssh-ed25519"]
    with World.open(served.database) as world:
        ana = done(world.players.find("ana"), PlayerCard)
        done(world.keys.add(ana.id, anas.export_public_key().decode()), PlayerKey)
    async with served.connected_by_key("ana", anas):
        pass
    forged = asyncssh.load_keypairs([asyncssh.generate_private_key("ssh-ed25519")])[0]
    forged.public_data = anas.public_data
    with pytest.raises(asyncssh.PermissionDenied):
        async with served.connected_by_key("ana", forged):
            pass


async def test_who_is_locked_out_is_told_so_and_plays_no_more(
    served: Served, keys: dict[str, asyncssh.SSHKey]
) -> None:
    key = keys["ssh-rsa"]
    with World.open(served.database) as world:
        bob = done(world.players.find("bob"), PlayerCard)
        world.keys.add(bob.id, key.export_public_key().decode())
        async with served.connected_by_key("bob", key) as connection:
            client = await Client.of(connection)
            await client.until_shown("bob")
            world.locks.change(bob.id, True)
            await client.ended()
            assert b"lets you in no more" in client.output
        for way in (served.connected("bob"), served.connected_by_key("bob", key)):
            with pytest.raises(asyncssh.PermissionDenied):
                async with way:
                    pass
        world.locks.change(bob.id, False)
    async with served.connected("bob"):
        pass


async def test_a_name_and_a_passphrase_of_any_signs_let_in_their_player_by_ssh(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INVENTUI_HOME", str(tmp_path))
    context = ServerContext(world, ServerOptions(""))
    context.sessions = Games(context)  # type: ignore[assignment]
    acceptor = await listen(context, "127.0.0.1", 0)
    for name, phrase in (("🍋 ½ﬁ", "🍊🍊 ﬁ½"), ("אב x", "אב x 🍋")):
        assert world.passphrases.change(a_player(world, name).id, phrase) is None
        for method in ("password", "keyboard-interactive"):
            connection, _ = await asyncssh.create_connection(
                lambda phrase=phrase: Joins(phrase), "127.0.0.1", acceptor.get_port(),
                username=name, password=phrase, known_hosts=None, client_keys=None, config=None,
                preferred_auth=method,
            )  # fmt: skip
            connection.abort()
    acceptor.close()
