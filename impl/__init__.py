"""The service behind the contract."""

import gc

# Importing makes some half a million objects that all stay: looking through them again and again would be a sixth of the time
# that a start takes. When everything is there, the web process takes them out of sight altogether (`impl.app`).
gc.set_threshold(50_000, 20, 20)
