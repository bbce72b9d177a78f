"""How well the parser of resumes reads what people really send: precision, recall and F1 of every field."""
