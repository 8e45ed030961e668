"""Core: what every room of the engine stands on; it knows no room."""
