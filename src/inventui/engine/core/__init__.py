"""Core: what every room of the engine uses; it imports no room."""
