"""Streets: rules of shifts, the daily bonus and robberies."""
