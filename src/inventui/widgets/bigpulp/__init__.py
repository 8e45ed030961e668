"""BigPulp: his picture, what he says, and how."""
