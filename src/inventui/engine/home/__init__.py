"""Home: what waits for a player."""
