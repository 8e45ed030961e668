"""Personas: rules of what somebody does, and the actions that they are made of."""
