"""A world in memory: the game's rules, and no database."""
