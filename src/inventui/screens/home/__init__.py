"""Home: what a player has, what happened lately, and what to do next."""
