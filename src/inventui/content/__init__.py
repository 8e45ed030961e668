"""What exists: content packs of TOML, their models and their loader."""
