"""Personas: rules of what somebody does, and the deeds that they are made of."""
