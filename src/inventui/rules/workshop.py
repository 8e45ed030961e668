"""Workshop: five collectibles of one rarity make one of the next, by a roll."""

INPUTS = 5
"""How many things go into a fusion."""

PURPOSE = "workshop"
"""What a fusion's roll says that it decided."""
