"""A player's card and page, in everything that is worn."""
