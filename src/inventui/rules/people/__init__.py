"""Rules of players, their passphrases, friends and gifts."""
