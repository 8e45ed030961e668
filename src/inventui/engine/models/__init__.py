"""Read models and outcomes: what the engine hands up, as frozen dataclasses."""
