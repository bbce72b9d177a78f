"""The resumes that the project ships for its own tests: invented people, written in several formats and languages."""
