"""Players: who plays, and their passphrases."""
