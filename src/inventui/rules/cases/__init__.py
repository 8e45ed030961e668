"""Rules of cases: odds, fair rolls and their proofs."""
