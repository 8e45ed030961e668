"""The market room: the black market and the gear shop of the day."""
