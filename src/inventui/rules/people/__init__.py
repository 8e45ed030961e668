"""People: rules of players' names, passphrases, friends and gifts."""
