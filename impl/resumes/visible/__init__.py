"""What of a file a person sees, and what only a machine would read.

The readers of `formats/` mark hidden text where it stands; `Document.of` takes it out of every reading order and keeps
it aside. It is shown to people who review the file, and neither parsed, searched, scored nor sent anywhere.
"""
