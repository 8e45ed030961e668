"""Migrations: `migrate` lists and runs them, `layout_N` moves a world to layout N."""
