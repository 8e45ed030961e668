"""Rules of what time does to a player."""
