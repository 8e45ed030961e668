"""Building a pack of its tables: references between them, exact chances, what a bundle may hold."""
