"""Rules of leaving the world, and certificates."""
