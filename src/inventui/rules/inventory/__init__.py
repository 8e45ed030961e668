"""Rules of what is owned and worn."""
