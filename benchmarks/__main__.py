"""`python -m benchmarks [PART…] [--quick]` measures and prints one table."""

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from benchmarks.bazaar import bazaar
from benchmarks.crowd import crowd
from benchmarks.engine import engine
from benchmarks.harness import Effort, Part, Row, fsync_cost, show
from benchmarks.idle import idle
from benchmarks.lab import lab
from benchmarks.lists import lists
from benchmarks.output import output
from benchmarks.people import people
from benchmarks.server import server
from benchmarks.serving import serving
from benchmarks.shop import shop
from benchmarks.startup import startup
from benchmarks.time import time
from benchmarks.trades import trades
from benchmarks.waiting import waiting

PARTS: dict[str, Part] = {
    "start": startup,
    "engine": engine,
    "waiting": waiting,
    "list": lists,
    "shop": shop,
    "time": time,
    "people": people,
    "bazaar": bazaar,
    "trades": trades,
    "idle": idle,
    "output": output,
    "lab": lab,
    "server": server,
    "serving": serving,
    "crowd": crowd,
}


def main() -> None:
    """Measure what is asked for, everything by default."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="fewer pairs and a smaller world")
    asked = parser.parse_args()
    unknown = set(asked.parts) - set(PARTS)
    if unknown:
        parser.error(f"no part {', '.join(sorted(unknown))}; there are: {', '.join(PARTS)}")
    effort = Effort(asked.quick)
    rows: list[Row] = []
    with (
        TemporaryDirectory(prefix="inventui-benchmarks-") as folder,
        Console(stderr=True).status("measuring …") as status,
    ):
        cost = fsync_cost(Path(folder), effort(200, 50))
        for name in asked.parts or PARTS:
            place = Path(folder) / name
            place.mkdir()
            for row in PARTS[name](place, effort):
                rows.append(row)
                status.update(f"measuring … {len(rows)} rows, last: {row.what}")
    show(rows, cost)


if __name__ == "__main__":
    main()
