"""The least Textual app with a SQLModel database: it reads a player and shows them."""

import sys
from typing import ClassVar

from sqlmodel import Field, Session, SQLModel, create_engine, select
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import Label


class Player(SQLModel, table=True):
    """A row to read."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    oranges: int


class BareDatabaseApp(App[None]):
    """Shows the first player."""

    BINDINGS: ClassVar[list[BindingType]] = [("x", "answer", "Answer")]

    def compose(self) -> ComposeResult:
        """One label."""
        yield Label("opening")

    def on_mount(self) -> None:
        """Open the database, making it if there is none, and read."""
        engine = create_engine(f"sqlite:///{sys.argv[1]}")
        SQLModel.metadata.create_all(engine)
        with Session(engine) as session:
            player = session.exec(select(Player)).first()
            if player is None:
                player = Player(name="ana", oranges=5_000)
                session.add(player)
                session.commit()
            self.query_one(Label).update(f"{player.name} has {player.oranges}")

    def action_answer(self) -> None:
        """Show that keys work."""
        self.query_one(Label).update("answered")


if __name__ == "__main__":
    BareDatabaseApp().run()
