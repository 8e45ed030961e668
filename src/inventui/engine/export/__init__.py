"""Everything that a world keeps about one player: a module of sections a room."""
