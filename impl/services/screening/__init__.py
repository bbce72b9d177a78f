"""Screening: rubrics of jobs, runs over their applications, what they found, and what people say to it."""
