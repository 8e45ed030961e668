"""Who is let in, and who has to wait."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import pytest

from inventui.db.errors import Trouble, WorldError
from inventui.engine.core.models import PlayerCard
from inventui.engine.players.invitations import Invited
from inventui.engine.world import World
from inventui.rules.core.refusal import Refusal
from inventui.rules.people.invitations import NOT_INVITED
from inventui.rules.people.register import Register
from inventui.serve import attempts as attempts_module
from inventui.serve.attempts import FREE, FREE_OF_ADDRESS, LONGEST_WAIT, Attempts
from inventui.serve.context import ServerContext, ServerOptions
from inventui.serve.gate import CROWDED, LOCKED_OUT, MOST_STRANGERS, NOT_NOW, WRONG, Gate
from inventui.serve.limits import Limits, bounded_size, site_of
from inventui.serve.play_session import Guest
from inventui.serve.sessions import FullError
from tests.builders import a_player, done
from tests.serve.conftest import PHRASE

HOME, ELSEWHERE = "192.0.2.1", "198.51.100.7"


def test_whoever_guesses_waits_longer_each_time_but_never_for_ever() -> None:
    attempts, waits = Attempts(), []
    for _ in range(40):
        waits.append(attempts.wait("ana", ELSEWHERE, 0.0))
        attempts.failed("ana", ELSEWHERE, 0.0)
    assert waits[:FREE] == [0.0] * FREE
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT
    assert attempts.wait("ana", ELSEWHERE, LONGEST_WAIT) == 0.0


def test_guesses_from_elsewhere_never_keep_a_player_out_where_they_always_come_from() -> None:
    attempts = Attempts()
    attempts.failed("ana", HOME, 0.0)
    attempts.passed("ana", HOME)
    attempts.know("ana", HOME)
    for number in range(100):
        attempts.failed("ana", f"203.0.113.{number}", 1.0)
    assert attempts.wait("ana", ELSEWHERE, 1.0) > 0
    assert attempts.wait("ana", HOME, 1.0) == 0.0


def test_where_players_come_from_is_known_after_a_restart_and_is_nobody_elses_to_read(
    tmp_path: Path,
) -> None:
    file = tmp_path / "known.jsonl"
    attempts = Attempts(file)
    for _ in range(2):
        attempts.know("ana", HOME)
    file.write_text(file.read_text() + 'no line\n[1, 2]\n["x"]\n' + file.read_text())
    again = Attempts(file)
    assert len(file.read_text().splitlines()) == 1
    assert file.stat().st_mode & 0o077 == 0
    for _ in range(100):
        again.failed("ana", ELSEWHERE, 1.0)
    assert again.wait("ana", HOME, 1.0) == 0.0


def test_of_more_addresses_than_are_remembered_the_oldest_are_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts_module, "REMEMBERED", 3)
    file = tmp_path / "known.jsonl"
    attempts = Attempts(file)
    for number in range(10):
        attempts.know("ana", f"203.0.113.{number}")
    Attempts(file)
    assert [json.loads(line)[1][-1] for line in file.read_text().splitlines()] == ["7", "8", "9"]


def test_an_address_that_tries_many_names_waits_for_each_of_them() -> None:
    attempts = Attempts()
    for number in range(30):
        attempts.failed(f"name{number}", ELSEWHERE, 0.0)
    assert attempts.wait("never tried", ELSEWHERE, 0.0) > 0
    assert attempts.wait("never tried", HOME, 0.0) == 0.0


async def test_a_stranger_and_a_wrong_passphrase_are_answered_alike(world: World) -> None:
    ana = a_player(world, "ana")
    a_player(world, "bob")
    world.passphrases.change(ana.id, "open sesame")
    gate = Gate(world, Register.CLOSED)
    for name, said in (("ana", "wrong"), ("nobody", "wrong"), ("bob", ""), ("bob", "anything")):
        assert await gate.sign_in(name, said, ELSEWHERE) == WRONG
    found = await gate.sign_in("ANA", "open sesame", HOME)
    assert isinstance(found, PlayerCard)
    assert found.id == ana.id


async def test_strangers_who_guess_keep_nobody_waiting_where_they_have_come_from_before(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = a_player(world, "ana")
    world.passphrases.change(ana.id, "open sesame")
    gate, held = Gate(world, Register.OPEN), Event()
    assert isinstance(await gate.sign_in("ana", "open sesame", HOME), PlayerCard)
    find = world.players.find

    def held_up(name: str) -> PlayerCard | Refusal:
        if name != "ana":
            assert held.wait(30)
        return find(name)

    monkeypatch.setattr(world.players, "find", held_up)
    guesses = [
        asyncio.ensure_future(gate.sign_in(f"name{n}", "x", f"203.0.113.{n}"))
        for n in range(MOST_STRANGERS)
    ]
    await asyncio.sleep(0)
    assert await gate.sign_in("ana", "open sesame", ELSEWHERE) == CROWDED
    assert await gate.sign_up("cleo", "a phrase", "a phrase", ELSEWHERE) == CROWDED
    assert isinstance(await gate.sign_in("ana", "open sesame", HOME), PlayerCard)
    held.set()
    assert set(await asyncio.gather(*guesses)) == {WRONG}
    assert isinstance(await gate.sign_in("ana", "open sesame", ELSEWHERE), PlayerCard)


async def test_a_world_that_cannot_be_reached_is_told_without_where_it_lies_and_counts_for_nobody(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = a_player(world, "ana")
    world.passphrases.change(ana.id, "open sesame")
    code = done(world.invitations.make(1, 7), Invited).code
    log: list[str] = []
    gate = Gate(world, Register.INVITE, log=log.append)

    def away(*_: object) -> None:
        raise WorldError(Trouble.UNREACHABLE, "club on 10.0.0.1 can't be reached")

    with monkeypatch.context() as patch:
        patch.setattr(world.players, "find", away)
        patch.setattr(world.invitations, "join", away)
        for _ in range(10):
            assert await gate.sign_in("ana", "open sesame", ELSEWHERE) == NOT_NOW
            joins = gate.sign_up("cleo", "a phrase", "a phrase", ELSEWHERE, code)
            assert await joins == NOT_NOW
        assert await gate.find_by_key("ana", "SHA256:x") is None
    assert "10.0.0.1" not in NOT_NOW
    assert all("10.0.0.1" in line for line in log)
    assert isinstance(await gate.sign_in("ana", "open sesame", ELSEWHERE), PlayerCard)
    joins = gate.sign_up("cleo", "a phrase", "a phrase", ELSEWHERE, code)
    assert isinstance(await joins, PlayerCard)


async def test_wrong_passphrases_from_elsewhere_leave_the_count_of_the_world_alone(
    world: World,
) -> None:
    ana = a_player(world, "ana")
    world.passphrases.change(ana.id, "open sesame")
    gate = Gate(world, Register.CLOSED)
    for number in range(8):
        await gate.sign_in("ana", "wrong", f"203.0.113.{number}")
    assert world.passphrases.check(ana.id, "ana", "open sesame") is None


async def test_nobody_new_comes_in_where_registration_is_closed(world: World) -> None:
    said = await Gate(world, Register.CLOSED).sign_up("cleo", "phrase", "phrase", HOME)
    assert said == "No new players come in here."
    assert world.players.list() == ()


async def test_a_new_player_needs_a_name_and_twice_the_same_passphrase(world: World) -> None:
    gate = Gate(world, Register.OPEN)
    for name, said, again in (
        ("cleo", "phrase", "other"),
        ("cleo", "", ""),
        ("", "phrase", "phrase"),
    ):
        assert isinstance(await gate.sign_up(name, said, again, HOME), str)
    assert world.players.list() == ()
    made = await gate.sign_up("cleo", "phrase", "phrase", HOME)
    assert isinstance(made, PlayerCard)
    assert isinstance(await gate.sign_up("CLEO", "phrase", "phrase", HOME), str)


@pytest.mark.usefixtures("stopped_clock")
async def test_whoever_has_an_invitation_becomes_a_player_and_whoever_has_none_is_slowed(
    world: World,
) -> None:
    code = done(world.invitations.make(2, 7), Invited).code
    gate = Gate(world, Register.INVITE)
    said = [
        await gate.sign_up("cleo", "phrase", "phrase", ELSEWHERE, "WRONG") for _ in range(FREE + 1)
    ]
    assert said[0] == NOT_INVITED.message
    assert "Too many" in str(said[-1])
    assert "Too many" in str(await gate.sign_up("cleo", "phrase", "phrase", ELSEWHERE, code))
    # Nobody else waits for it.
    cleo = await gate.sign_up("cleo", "phrase", "phrase", HOME, code)
    assert isinstance(cleo, PlayerCard)
    for _ in range(FREE):
        assert "already" in str(await gate.sign_up("cleo", "phrase", "phrase", HOME, code))
    assert isinstance(await gate.sign_up("dan", "phrase", "phrase", HOME, code), PlayerCard)
    assert isinstance(await gate.sign_in("cleo", "phrase", HOME), PlayerCard)


@pytest.mark.parametrize("name", ["join", " JOIN ", "ｊｏｉｎ", "a\ufffd"])
async def test_nobody_is_called_what_ssh_takes_for_a_new_player_or_what_is_no_text(
    world: World, name: str
) -> None:
    said = await Gate(world, Register.OPEN).sign_up(name, "phrase", "phrase", HOME)
    assert "Nobody can be called that" in str(said)
    assert world.players.list() == ()


async def test_a_code_is_not_asked_for_where_everybody_may_come(world: World) -> None:
    made = await Gate(world, Register.OPEN).sign_up("cleo", "phrase", "phrase", HOME, "WRONG")
    assert isinstance(made, PlayerCard)


async def test_who_is_locked_out_is_told_so_with_the_right_passphrase_alone(world: World) -> None:
    ana = a_player(world, "ana")
    world.passphrases.change(ana.id, "open sesame")
    world.locks.change(ana.id, True)
    gate = Gate(world, Register.CLOSED)
    assert await gate.sign_in("ana", "wrong", HOME) == WRONG
    assert await gate.sign_in("ana", "open sesame", HOME) == LOCKED_OUT
    world.locks.change(ana.id, False)
    assert isinstance(await gate.sign_in("ana", "open sesame", HOME), PlayerCard)


def test_a_terminal_is_drawn_for_within_bounds() -> None:
    sizes = ((0, 0), (1, 1), (80, 24), (3000, 2000))
    assert [bounded_size(*size) for size in sizes] == [(1, 1), (1, 1), (80, 24), (500, 200)]


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::1%eth0"),
        ("", ""),
        ("/run/socket", "/run/socket"),
    ],
)
def test_what_one_site_may_choose_from_is_one_address(address: str, site: str) -> None:
    assert site_of(address) == site
    assert site_of(site) == site


def of_one_site(number: int) -> str:
    return f"2001:db8:1:2::{number:x}"


@pytest.mark.usefixtures("stopped_clock")
async def test_who_changes_the_address_within_a_site_is_slowed_bounded_and_known_all_the_same(
    players: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ServerContext(
        players, ServerOptions("", limits=Limits(per_address=2, connections_per_address=2))
    )
    monkeypatch.setattr(context.gate, "_check", lambda *_: (None, False))
    for number in range(FREE_OF_ADDRESS):
        assert await context.gate.sign_in(f"name{number}", "", of_one_site(number)) == WRONG
    assert "Too many wrong" in str(await context.gate.sign_in("ana", "", of_one_site(99)))
    assert await context.gate.sign_in("ana", "", "2001:db8:1:3::1") == WRONG

    context.gate.came(players.players.list()[0], of_one_site(1))
    assert await context.gate.sign_in("ana", "", of_one_site(98)) == WRONG

    assert [context.connect(of_one_site(number)) for number in range(3)] == [True, True, False]
    context.disconnect(of_one_site(7))
    assert context.connect(of_one_site(8))

    sessions = context.sessions
    for number in range(3):
        guest = Guest(number, f"name{number}", of_one_site(number), "ssh")
        if number == 2:
            with pytest.raises(FullError, match="from your address"):
                sessions._check_room(guest)
        else:
            sessions._check_room(guest)
            sessions.active[number] = SimpleNamespace(guest=guest)  # type: ignore[assignment]


async def test_strangers_who_hold_all_connections_leave_room_where_players_have_signed_in(
    players: World,
) -> None:
    limits = Limits(connections=4, reserved=2, connections_per_address=3)
    context = ServerContext(players, ServerOptions("", limits=limits))
    assert isinstance(await context.gate.sign_in("ana", PHRASE, HOME), PlayerCard)
    assert all(context.connect(f"203.0.113.{number}") for number in range(4))
    assert not context.connect(ELSEWHERE)
    assert context.connect(HOME)
    assert context.connect(HOME)
    assert not context.connect(HOME)
    context.disconnect("203.0.113.0")
    assert context.connect(HOME)
    context.disconnect("203.0.113.1")
    assert not context.connect(HOME), "as many as may from one address"
