"""Resumes: reading files and understanding what they say."""
