"""Players who come by a real browser."""

from __future__ import annotations

import asyncio
import re
import signal
from pathlib import Path
from typing import Any

import pytest

from inventui.engine.world import World
from tests.builders import audited
from tests.cli.real_terminal import PATIENCE, screen
from tests.serve.conftest import PHRASE, Served
from tests.serve.site import browser as client_without_drawing
from tests.serve.tabs import CHROMIUM, MILLISECONDS, Tab, a_tab, chromium, playwright

pytestmark = [
    pytest.mark.trust,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium (Debian's package chromium)"),
]


async def pasted(tab: Tab) -> str:
    """What the clipboard holds, pasted into another tab of the same browser."""
    other = await tab.page.context.new_page()
    await other.goto(f"{tab.served.page}/join")
    await other.focus("[name=name]")
    await other.keyboard.press("Control+V")
    return await other.input_value("[name=name]")


async def test_who_signs_in_by_the_page_sees_home_and_plays_with_keys_and_mouse(
    served: Served,
) -> None:
    async with chromium() as browser:
        tab = await a_tab(browser, served)
        await tab.sign_in("ana", "wrong one")
        await playwright.expect(tab.page.locator(".said")).to_be_visible()
        await tab.sign_in("ana")
        await tab.until_shown("ana")
        await tab.until_shown("What next")
        await tab.press("2")
        await tab.until_shown("Open 10")
        await tab.click("Home")
        await tab.until_shown("What next")
        await tab.press(",")
        await tab.until_shown("you are a guest")
        await tab.press("Escape", "Control+q")
        await playwright.expect(tab.page.locator(".ended")).to_be_visible()
        await tab.page.click("text=Sign out")
        await playwright.expect(tab.page.locator("[name=passphrase]")).to_be_visible()
        assert tab.faults == []


async def test_signs_that_are_two_cells_wide_are_so_in_a_browser(served: Served) -> None:
    async with chromium() as browser:
        tab = await a_tab(browser, served)
        await tab.sign_in("ana")
        await tab.until_shown("🍊")
        await tab.until_shown("What next")
        rights = await tab.page.evaluate("""() =>
            [...document.querySelectorAll(".xterm-rows > div")]
                .filter((row) => /[╮│╯]\\s*$/.test(row.textContent))
                .map((row) => [...row.children].at(-1).getBoundingClientRect().right)""")
        assert len(rights) > 5
        assert max(rights) - min(rights) < 2


async def test_the_game_fits_itself_to_the_window_and_what_the_page_leaves_it(
    served: Served,
) -> None:
    async with chromium() as browser:
        tab = await a_tab(browser, served)
        await tab.sign_in("ana")
        await tab.until_shown("Palette")
        before = len(await tab.rows())
        for size in ((1400, 900), (320, 200), (60, 60), (800, 500)):
            await tab.page.set_viewport_size({"width": size[0], "height": size[1]})
        await playwright.expect(tab.page.locator(".xterm-rows > div")).not_to_have_count(before)
        rows = tab.page.locator(".xterm-rows > div")
        await playwright.expect(rows.last).to_contain_text("Palette", timeout=MILLISECONDS)
        before = len(await tab.rows())
        await tab.page.add_style_tag(content=".game header { height: 50px; }")
        await playwright.expect(rows).not_to_have_count(before, timeout=MILLISECONDS)
        await playwright.expect(rows.last).to_contain_text("Palette", timeout=MILLISECONDS)


async def test_a_phone_that_is_turned_has_characters_as_large_as_let_the_game_fit(
    served: Served,
) -> None:
    async with chromium() as browser:
        tab = await a_tab(browser, served)
        await tab.page.set_viewport_size({"width": 390, "height": 844})
        await tab.sign_in("ana")
        await tab.until_shown("Palette")
        rows = tab.page.locator(".xterm-rows")
        for width, height, size in ((390, 844, 8), (844, 390, 11), (600, 900, 12), (390, 844, 8)):
            await tab.page.set_viewport_size({"width": width, "height": height})
            await playwright.expect(rows).to_have_css(
                "font-size", f"{size}px", timeout=MILLISECONDS
            )
            await playwright.expect(rows.locator("> div").last).to_contain_text(
                "Palette", timeout=MILLISECONDS
            )
        assert tab.faults == []


async def test_a_page_whose_terminal_is_of_any_size_is_drawn_for_within_bounds(
    served: Served,
) -> None:
    async with client_without_drawing() as client:
        said = {"name": "ana", "passphrase": PHRASE}
        headers = {"Origin": served.page}
        await client.post(f"{served.page}/sign-in", data=said, headers=headers)
        play = f"{served.page}/play?width=1&height=1"
        async with client.ws_connect(play, headers=headers) as socket:
            for width, height in ((1, 1), (3000, 2000), (-5, 0), (60, 20)):
                await socket.send_json(["resize", {"width": width, "height": height}])
            drawn = b""
            async with asyncio.timeout(PATIENCE):
                while "What next" not in screen(drawn):
                    drawn += await socket.receive_bytes()


async def test_what_is_pasted_is_typed_and_what_is_copied_can_be_pasted(served: Served) -> None:
    async with chromium() as browser:
        permissions = ["clipboard-read", "clipboard-write"]
        tab = await a_tab(browser, served, permissions=permissions)
        await tab.page.goto(served.page)
        await tab.page.fill("[name=name]", "zzyzx")
        await tab.page.focus("[name=name]")
        await tab.press("Control+A", "Control+C")
        await tab.sign_in("ana")
        await tab.until_shown("What next")
        await tab.press("2")
        await tab.until_shown("Open 10")
        await tab.press("/")
        await tab.until_gone("Open 10")
        await tab.press("Control+V")
        await tab.until_shown("zzyzx")
        await tab.press("Escape")
        await tab.until_shown("Open 10")
        await tab.press("f")
        await tab.until_shown("Active pair")
        await tab.press("y")
        await tab.until_shown("Copied")
        assert re.fullmatch("[0-9a-f]{64}", await pasted(tab))


async def test_a_paste_that_is_too_long_is_refused_with_a_line_and_the_game_goes_on(
    served: Served,
) -> None:
    async with chromium() as browser:
        tab = await a_tab(browser, served)
        await tab.sign_in("ana")
        await tab.until_shown("What next")
        await tab.page.evaluate(_PASTE, 300 * 1024)
        await playwright.expect(tab.page.locator(".told")).to_contain_text("256 KiB")
        await tab.press("2")
        await tab.until_shown("Open 10")
        assert tab.faults == []


_PASTE = """(length) => {
  const data = new DataTransfer();
  data.setData("text/plain", "x".repeat(length));
  const pasted = new ClipboardEvent("paste", { clipboardData: data, bubbles: true });
  document.querySelector(".xterm-helper-textarea").dispatchEvent(pasted);
}"""


async def test_where_a_page_may_not_copy_the_text_is_shown_to_be_copied(served: Served) -> None:
    async with chromium() as browser:
        tab = await a_tab(browser, served)
        await tab.page.add_init_script(
            "Object.defineProperty(navigator, 'clipboard', {value: undefined, configurable: true})"
        )
        await tab.sign_in("ana")
        await tab.until_shown("What next")
        await tab.press("2")
        await tab.until_shown("Open 10")
        await tab.press("f")
        await tab.until_shown("Active pair")
        await tab.press("y")
        await playwright.expect(tab.page.locator(".copy")).to_be_visible(timeout=MILLISECONDS)
        await tab.press("Control+C")
        await playwright.expect(tab.page.locator(".copy")).to_be_hidden()
        assert re.fullmatch("[0-9a-f]{64}", await pasted(tab))
        assert tab.faults == []


async def test_an_opening_whose_tab_is_closed_is_kept_and_shown_the_next_time(
    served: Served,
) -> None:
    with World.open(served.database) as world:
        async with chromium() as browser:
            tab = await a_tab(browser, served)
            await tab.page.goto(f"{served.page}/join")
            for name, words in (("name", "dora"), ("passphrase", PHRASE), ("again", PHRASE)):
                await tab.page.fill(f"[name={name}]", words)
            await tab.page.click("button")
            await tab.until_shown("What next")
            before = world.version_token()
            await tab.press("2")
            await tab.until_shown("Open 10")
            await tab.press("Enter")
            async with asyncio.timeout(PATIENCE):
                while world.version_token() == before:
                    await asyncio.sleep(0.05)
            await tab.page.close()
            again = await a_tab(browser, served)
            await again.sign_in("dora")
            await again.until_shown("Test Crate")
        audited(world)


async def test_two_players_trade_and_each_sees_at_once_what_the_other_does(served: Served) -> None:
    with World.open(served.database) as world:
        world.grant("bob", item="lemon")
        async with chromium() as browser:
            ana, bob = [await a_tab(browser, served) for _ in range(2)]
            for tab, name in ((ana, "ana"), (bob, "bob")):
                await tab.sign_in(name)
                await tab.until_shown("What next")
            await ana.press("g", "t")
            await ana.until_shown("Nobody has offered you anything")
            await ana.press("o")
            await ana.until_shown("nophrase")
            await ana.page.keyboard.type("bob")
            await ana.until_gone("nophrase")
            await ana.press("Enter")
            await ana.until_shown("Glass Lemon")

            await ana.press("ArrowRight", "Space")
            await ana.until_shown("more than you give")
            await ana.press("ArrowLeft", "o")
            await ana.until_gone("Search")
            await ana.page.keyboard.type("777")
            await ana.until_shown("more than you get")
            await ana.press("Enter")
            await ana.until_shown("Search")
            await ana.press("Control+S")
            await bob.until_shown("ana offers you 777 oranges")
            await bob.press("Control+G")
            await bob.until_shown("Counter")
            await bob.press("a")
            await bob.until_shown("Leave it")
            await bob.press("Enter")
            await ana.until_shown("bob accepted")
            await ana.until_shown("4,223")
        audited(world)


async def test_a_server_that_is_closed_tells_who_plays_in_a_browser_and_ends(
    tmp_path: Path,
) -> None:
    server = Served(tmp_path)
    async with chromium() as browser:
        tab = await a_tab(browser, server)
        await tab.sign_in("ana")
        await tab.until_shown("What next")
        server.program.send_signal(signal.SIGINT)
        await tab.until_shown("The server closes")
        await playwright.expect(tab.page.locator(".ended")).to_be_visible()
    assert await asyncio.to_thread(server.program.wait, PATIENCE) == 0


async def test_while_200_connect_and_one_floods_the_rest_play_on(served: Served) -> None:
    async with chromium() as browser:
        tab, flooding = [await a_tab(browser, served) for _ in range(2)]
        await tab.sign_in("ana")
        await tab.until_shown("What next")
        await flooding.sign_in("bob")
        await flooding.until_shown("What next")
        port = int(served.page.rpartition(":")[2])
        lines = [await asyncio.open_connection("127.0.0.1", port) for _ in range(200)]
        await flooding.page.evaluate(_FLOOD)
        await tab.press("2")
        await tab.until_shown("Open 10")
        await playwright.expect(flooding.page.locator(".ended")).to_be_visible()
        for _, writer in lines:
            writer.close()


_FLOOD = """() => {
  const keyboard = document.querySelector(".xterm-helper-textarea");
  for (let at = 0; at < 5000; at += 1) {
    keyboard.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", keyCode: 40 }));
  }
}"""


async def test_a_page_of_another_site_reaches_nothing_of_who_is_signed_in(
    served: Served, tmp_path: Path
) -> None:
    async with chromium() as browser:
        tab = await a_tab(browser, served)
        await tab.sign_in("ana")
        await tab.until_shown("What next")
        other = await tab.page.context.new_page()

        async def foreign(route: Any) -> None:
            await route.fulfill(body="<p>hello", content_type="text/html")

        # Another port of the same machine is the same site: cookies are sent from there.
        await other.route("http://127.0.0.1:9/", foreign)
        await other.goto("http://127.0.0.1:9/")
        assert await other.evaluate(_ATTACKS, served.page) == ["refused"] * 4
        await tab.press("2")
        await tab.until_shown("Open 10")


_ATTACKS = """async (page) => {
  const tried = async (attack) => { try { return await attack(); } catch { return "refused"; } };
  const socket = () => new Promise((done) => {
    const socket = new WebSocket(page.replace("http", "ws") + "/play");
    socket.onopen = () => done("open");
    socket.onerror = () => done("refused");
  });
  const read = (path) => async () =>
    (await fetch(page + path, { credentials: "include" })).text();
  const post = async () => {
    const answer = await fetch(page + "/sign-out", {
      method: "POST", credentials: "include", mode: "no-cors",
    });
    return answer.type === "opaque" ? "refused" : "read";
  };
  const attacks = [socket, read("/"), read("/files"), post];
  return Promise.all(attacks.map(tried));
}"""
