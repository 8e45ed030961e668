"""What holds for every test."""

import os


def pytest_xdist_auto_num_workers() -> int:
    """Twice as many workers as processors: tests of screens wait as long as they work."""
    return 2 * (os.cpu_count() or 1)
