"""Screens: a room each; `registry` lists them."""
