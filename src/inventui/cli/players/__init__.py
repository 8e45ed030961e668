"""Commands for players, and for how they sign in from elsewhere."""
