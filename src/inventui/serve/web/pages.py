"""The pages, as HTML: all that comes from players is escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
{head}<link rel="stylesheet" href="/static/page.css">
</head>
<body class="{kind}">
{body}
</body>
</html>
"""

_GAME = """<header>
<b>{name}</b>
<a href="/files" target="_blank">Files</a>
<form method="post" action="/sign-out"><button>Sign out</button></form>
</header>
<main id="terminal" class="textual-terminal"></main>
<div class="told" role="status" hidden></div>
<div class="ended" role="status">The game has ended. <a href="/">Play again</a></div>
<div class="copy" role="dialog" aria-label="To copy" hidden>
<p>To copy: press ctrl+c here, or ⌘C.</p>
<textarea readonly aria-label="Text to copy"></textarea>
<button type="button">Close</button>
</div>"""

_GAME_HEAD = """<link rel="stylesheet" href="/static/xterm.css">
<script src="/static/play.js" defer></script>
"""


def sign_in_page(said: str = "", name: str = "", *, joins: bool) -> str:
    """The page of who has not signed in; `joins` if new players may come."""
    rest = '<p>New here? <a href="/join">Become a player</a></p>' if joins else ""
    fields = _name(name) + _secret("passphrase", "Passphrase", "current-password")
    return _form("Sign in", "/sign-in", fields, said, rest)


def join_page(said: str = "", name: str = "", code: str = "", *, invited: bool) -> str:
    """The page of who wants to become a player; `invited` if it takes a code."""
    asked = (
        f'<label>Invitation code <input name="code" value="{escape(code)}" maxlength="100" required'
        ' autocomplete="off" autocapitalize="none" spellcheck="false"></label>'
    )
    fields = (
        asked * invited
        + _name(name)
        + _secret("passphrase", "A passphrase", "new-password")
        + _secret("again", "Once more", "new-password")
    )
    rest = '<p>Already a player? <a href="/">Sign in</a></p>'
    return _form("Become a player", "/join", fields, said, rest)


def game_page(name: str) -> str:
    """The page of the game."""
    return _PAGE.format(
        title="inventui", head=_GAME_HEAD, kind="game", body=_GAME.format(name=escape(name))
    )


def files_page(name: str, files: Iterable[tuple[str, int]]) -> str:
    """The page of a player's files, each with its size."""
    rows = "\n".join(
        f'<tr><td><a href="/files/{quote(path)}">{escape(path)}</a></td>'
        f"<td>{size:,} bytes</td></tr>"
        for path, size in files
    )
    table = f'<table class="files">{rows}</table>' if rows else "<p>None yet.</p>"
    words = "<p>Certificates and proofs that you save in the game lie here, for you alone.</p>"
    return _plain(f"Files of {name}", f'{words}{table}<p><a href="/">The game</a></p>')


def message_page(title: str, words: str) -> str:
    """A page that says something."""
    return _plain(title, f'<p>{escape(words)}</p><p><a href="/">To the first page</a></p>')


def _form(title: str, action: str, fields: str, said: str, rest: str) -> str:
    told = f'<p class="said" role="alert">{escape(said)}</p>' if said else ""
    form = f'<form method="post" action="{action}">{fields}<button>{title}</button></form>'
    return _plain("inventui", f"<p>{title}</p>{told}{form}{rest}")


def _plain(title: str, body: str) -> str:
    said = f'<main class="plain"><h1>{escape(title)}</h1>{body}</main>'
    return _PAGE.format(title=escape(title), head="", kind="", body=said)


def _name(name: str) -> str:
    return (
        f'<label>Name <input name="name" value="{escape(name)}" maxlength="100" required'
        f'{"" if name else " autofocus"} autocomplete="username" autocapitalize="none"'
        ' spellcheck="false"></label>'
    )


def _secret(name: str, words: str, kind: str) -> str:
    return (
        f'<label>{words} <input type="password" name="{name}" maxlength="1000" required'
        f' autocomplete="{kind}"></label>'
    )
