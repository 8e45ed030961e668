"""Time: periods that ended are caught up with; above the rooms."""
