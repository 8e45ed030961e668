"""Fairness: seed pairs, proofs, and checking them."""
