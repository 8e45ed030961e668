"""The way in by a browser: a page to sign in, the game's terminal, and a player's own files."""
