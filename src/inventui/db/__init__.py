"""The database: tables, guards, statements, connections, migrations and backups."""
