"""How an item, a goal and a person are said and drawn."""
