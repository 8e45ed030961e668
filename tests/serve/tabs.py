"""Tabs of a real browser, in which tests play."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from tests.cli.real_terminal import PATIENCE
from tests.serve.conftest import PHRASE, Served

playwright = pytest.importorskip("playwright.async_api", reason="playwright drives a browser")

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
MILLISECONDS = PATIENCE * 1000


class Tab:
    """A tab of a browser with the game in it."""

    def __init__(self, page: Any, served: Served) -> None:
        self.page, self.served = page, served
        self.faults: list[str] = []
        page.set_default_timeout(MILLISECONDS)
        page.on("pageerror", lambda error: self.faults.append(str(error)))

    async def sign_in(self, name: str, phrase: str = PHRASE) -> None:
        await self.page.goto(self.served.page)
        await self.page.fill("[name=name]", name)
        await self.page.fill("[name=passphrase]", phrase)
        await self.page.click("button")

    async def until_shown(self, words: str) -> None:
        await playwright.expect(self.page.locator(".xterm-rows")).to_contain_text(
            words, timeout=MILLISECONDS
        )

    async def until_gone(self, words: str) -> None:
        await playwright.expect(self.page.locator(".xterm-rows")).not_to_contain_text(
            words, timeout=MILLISECONDS
        )

    async def rows(self) -> list[str]:
        return await self.page.locator(".xterm-rows > div").all_inner_texts()

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.page.keyboard.press(key)

    async def click(self, words: str) -> None:
        """Click where these words stand on the terminal."""
        place = await self.page.evaluate(_PLACE, words)
        await self.page.mouse.click(*place)


_PLACE = """(words) => {
  for (const row of document.querySelectorAll(".xterm-rows > div")) {
    const spans = [...row.children];
    const text = spans.map((span) => span.textContent).join("");
    let left = text.indexOf(words);
    if (left < 0) continue;
    for (const span of spans) {
      if (left < span.textContent.length) {
        const range = document.createRange();
        range.setStart(span.firstChild, left);
        range.setEnd(span.firstChild, left + 1);
        const box = range.getBoundingClientRect();
        return [box.left + box.width / 2, box.top + box.height / 2];
      }
      left -= span.textContent.length;
    }
  }
}"""


@asynccontextmanager
async def chromium() -> AsyncIterator[Any]:
    """A browser whose terminal is made of elements, which can be read."""
    async with playwright.async_playwright() as driver:
        browser = await driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-3d-apis"]
        )
        try:
            yield browser
        finally:
            await browser.close()


async def a_tab(browser: Any, served: Served, **options: Any) -> Tab:
    """A tab of a browser that nobody has signed in with."""
    context = await browser.new_context(viewport={"width": 1000, "height": 640}, **options)
    return Tab(await context.new_page(), served)
