"""Commands of the bazaar."""
