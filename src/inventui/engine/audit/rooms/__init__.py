"""Checks of what each room wrote, by the name that it has on every floor."""
