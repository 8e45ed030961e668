"""History: what happened to a player, a player item, and money; export of it all."""
