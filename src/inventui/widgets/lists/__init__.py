"""Lists of any length; they know no room."""
