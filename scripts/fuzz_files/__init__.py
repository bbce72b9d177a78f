"""Fuzz the readers of files: whatever bytes come, reading and parsing give a result or `Unreadable`, and nothing else."""
