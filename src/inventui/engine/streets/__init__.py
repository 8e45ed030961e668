"""Streets: shifts, the daily bonus, crates and robberies."""
