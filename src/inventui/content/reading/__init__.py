"""Reading a pack's files: TOML, tables read one by one, and where in a file a fault stands."""
