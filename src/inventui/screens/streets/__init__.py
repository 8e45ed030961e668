"""The streets room."""
