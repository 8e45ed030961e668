"""Rules of the neighbours."""
