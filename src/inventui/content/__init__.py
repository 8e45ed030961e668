"""Content packs: TOML files, their models, and the loader that checks them."""
