"""Commands of the past: what happened, where money went, and all of it in one file."""
