"""History: what happened to a player, a thing, and money; export of it all."""
