"""The terminal app: start, news, time, help, players: everything that is no room."""
