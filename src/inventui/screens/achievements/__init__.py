"""The achievements room."""
