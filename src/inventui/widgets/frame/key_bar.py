"""The last line: the keys that work here and now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from inventui.widgets.frame.actions import HasActions

if TYPE_CHECKING:
    from textual.events import Click
    from textual.screen import Screen

Key = tuple[str, str, str, bool, bool]
"""A key as drawn, what it does, the key to press for it, whether it works now, whether it helps."""

HELP = {"app.help", "help"}
"""What explains a screen."""


def _cells(key: Key) -> int:
    return Content(f" {key[0]} {key[1]} ").cell_length


class KeyBar(Widget):
    """One line drawn in one go; what does not fit is left out from the right.

    Help keeps a place after the keys that fit, the palette at the right edge.
    """

    DEFAULT_CSS = """
    KeyBar { height: 1; dock: bottom; background: $panel; color: $foreground 80%; }
    """

    def on_mount(self) -> None:
        """Listen for changes of the keys."""
        self.screen.bindings_updated_signal.subscribe(self, self._keys_changed)

    def _keys_changed(self, _: Screen[object]) -> None:
        if self.is_attached:
            self.refresh()

    def _keys(self) -> tuple[list[Key], Key | None]:
        keys: list[Key] = []
        palette: Key | None = None
        seen = set()
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            display, helps = self.app.get_key_display(binding), binding.action in HELP
            if binding.action == "command_palette":
                palette = palette or (display, "Palette", binding.key, enabled, False)
            elif binding.show and binding.action not in seen:
                seen.add(binding.action)
                title = binding.description
                if isinstance(self.screen, HasActions):
                    title = self.screen.title_now(binding.action, title)
                keys.append((display, title, binding.key, enabled, helps))
        # A room's keys stand as it names them, even where they replace one of all rooms.
        # Help is for everyone and everywhere: what is special here comes first.
        order: dict[str, int] = {}
        if isinstance(self.screen, HasActions):
            # Of two that share a key, the first one says where it stands.
            for i, action in enumerate(self.screen.given):
                for key in self.screen.keys_of(action):
                    order.setdefault(key, i)
        keys.sort(key=lambda key: (key[4], order.get(key[2], -1)))
        return keys, palette

    def _layout(self) -> list[tuple[int, Key]]:
        """Each key that fits with the column at which it begins."""
        keys, palette = self._keys()
        right = self.size.width
        placed = []
        if palette is not None and right >= 40:
            right -= Content(f" {palette[0]} {palette[1]} ").cell_length
            placed.append((right, palette))
        # Whoever can't see every key must at least see the one that lists them.
        helps = [(key, _cells(key)) for key in keys if key[4]]
        column, kept = 0, sum(cells for _, cells in helps)
        for key in keys:
            cells = _cells(key)
            if key[4]:
                continue
            if column + cells + kept > right:
                break
            placed.append((column, key))
            column += cells
        for key, cells in helps:
            if column + cells <= right:
                placed.append((column, key))
                column += cells
        return sorted(placed, key=lambda place: place[0])

    def render(self) -> Content:
        """The line for the present width and the present keys."""
        line = Content("")
        for column, (display, title, _, enabled, _) in self._layout():
            line += " " * (column - line.cell_length)
            part = Content.assemble(" ", (display, "bold $footer-key-foreground"), f" {title} ")
            line += part if enabled else part.stylize("dim")
        return line

    async def _on_click(self, event: Click) -> None:
        hit = None
        for column, key in self._layout():
            if column <= event.x < column + _cells(key):
                hit = key
        if hit is not None:
            self.app.simulate_key(hit[2])
