"""Commands of the black market and of the gear shop of the day."""
