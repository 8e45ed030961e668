"""Pictures painted cell by cell; they know no player."""
