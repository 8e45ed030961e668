"""The lab: a world's economy in plots, and economies that are played."""
