"""Commands about content packs."""
