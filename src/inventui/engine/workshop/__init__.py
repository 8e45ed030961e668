"""Workshop: fusing five player items into a rarer one, and collections."""
