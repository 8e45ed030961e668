"""Rules of the streets: shifts, the daily bonus, robberies."""
