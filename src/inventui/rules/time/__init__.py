"""Rules of catching up with time."""
