"""Where the program begins: `inventui`, `python -m inventui`."""

from __future__ import annotations

import sys

from inventui import __version__

TYPE_CHECKING = False  # typing is slow to import, and `--version` needs nothing of it
if TYPE_CHECKING:
    from inventui.cli.play import Start


def main() -> int:
    """Run the program with the arguments it was started with.

    Returns:
        The exit status: see `inventui.cli.core.exit_codes`.
    """
    arguments = sys.argv[1:]
    if arguments == ["--version"] and sys.stdout is not None:
        # Answered before anything else is imported: scripts ask this often.
        sys.stdout.write(f"inventui {__version__}\n")
        return 0
    try:
        from inventui.cli.start import run

        return run(arguments, _play)
    except KeyboardInterrupt:
        return 130


def _play(start: Start) -> int:
    """Play until the player leaves; the game's exit status."""
    import gc

    # What a start makes is there to stay. The app turns the collector on again once its
    # world is open.
    gc.disable()
    from inventui.app.app import InventuiApp
    from inventui.cli.core.exit_codes import ExitStatus

    app = InventuiApp(
        database=start.database, player=start.player, demo=start.demo, layers=start.layers
    )
    app.run()
    code = app.return_code or ExitStatus.DONE
    # The game says 1 for a fault of its own; on the command line that is a refusal.
    return ExitStatus.FAULT if code == 1 else code


if __name__ == "__main__":
    sys.exit(main())
