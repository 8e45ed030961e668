"""People: friends and gifts."""
