"""Proofs of the promises, generated from the contract: a new operation is covered the moment it is in the spec."""
