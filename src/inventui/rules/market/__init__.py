"""Rules of the black market and of the daily gear shop."""
