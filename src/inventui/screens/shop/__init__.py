"""The shop room."""
