"""A world for many: sign-in, sessions, and the ways in by SSH and by a browser."""
