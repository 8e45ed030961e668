"""Market: the black market, the daily gear shop, and buying from whoever asks least."""
