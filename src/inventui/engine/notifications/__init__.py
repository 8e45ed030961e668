"""Notifications: what players were told."""
