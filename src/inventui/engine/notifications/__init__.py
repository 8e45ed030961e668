"""Notifications: reading what players were notified of."""
