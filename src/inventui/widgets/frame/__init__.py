"""The frame of a room: bars, tabs, dialogs, toasts, workers."""
