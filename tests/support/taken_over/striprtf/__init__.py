"""Stands where the library of this name would be found, as if a file had taken it over (tests/promises/test_c3_bombs.py)."""
