"""Market: the black market, the gear shop of the day, and all sellers as one counter."""
