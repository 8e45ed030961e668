"""What is kept: tables, guards, connections, migrations and backups."""
