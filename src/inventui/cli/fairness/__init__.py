"""Commands of seed pairs, proofs and certificates."""
