"""The least Textual app: a label, and a key that it answers."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import Label


class BareApp(App[None]):
    """Says hello."""

    BINDINGS: ClassVar[list[BindingType]] = [("x", "answer", "Answer")]

    def compose(self) -> ComposeResult:
        """One label."""
        yield Label("hello")

    def action_answer(self) -> None:
        """Show that keys work."""
        self.query_one(Label).update("answered")


if __name__ == "__main__":
    BareApp().run()
