"""What can be done: open a world, and change it through one door."""
