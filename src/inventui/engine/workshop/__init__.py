"""Workshop: fusing five things into a rarer one, and collections."""
