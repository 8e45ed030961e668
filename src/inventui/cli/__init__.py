"""The command line: a module or folder a room.

Nothing here imports Textual, SQLModel or Pydantic before a command needs them, so that
help and version answer at once.
"""
