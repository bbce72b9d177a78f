"""The rules of the contract that no public tool checks; run as ``python -m scripts.check_spec``."""
