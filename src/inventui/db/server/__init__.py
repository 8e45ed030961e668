"""A world on a PostgreSQL server: its layout, its connections, its store."""
