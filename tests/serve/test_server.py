"""What the server says to who runs it."""

from __future__ import annotations

import socket

import pytest

from inventui.serve.context import ServerOptions
from inventui.serve.server import Listeners, ways


@pytest.mark.parametrize(
    ("listens", "ssh", "web"),
    [
        ("127.0.0.1", "127.0.0.1", "127.0.0.1"),
        ("::1", "::1", "[::1]"),
        ("0.0.0.0", socket.gethostname(), socket.gethostname()),
        ("::", socket.gethostname(), socket.gethostname()),
    ],
)
def test_where_players_come_in_is_said_by_an_address_that_they_can_use(
    listens: str, ssh: str, web: str
) -> None:
    listeners = Listeners()
    listeners.ssh, listeners.web = 2222, 8080
    options = ServerOptions("", ssh=2222, host=listens, web=8080, web_host=listens)
    assert ways(options, listeners) == [
        f"By SSH: ssh -p 2222 NAME@{ssh}",
        f"In a browser: http://{web}:8080/",
    ]
