"""Writes `generated/` from `spec/ats.v1.yaml`."""
