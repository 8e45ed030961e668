"""Dialects: what differs between the databases that hold a world, each in a module of its own.

Tables, statements and guards are written once, in words that both take wherever there are some
(`CASE` and not `iif`, `sum(…) FILTER (WHERE …)` and not a sum of conditions, `active = 1` and not
`active`). Where there are none they are SQLite's, and the module of PostgreSQL says what becomes
of them.
"""
