# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""What the contract says, in Python."""
