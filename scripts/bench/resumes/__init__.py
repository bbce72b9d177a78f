"""How many resumes a second are read and understood, and what the plain libraries take for their text alone.

    make bench-resumes, or python -m scripts.bench.resumes [--data DIR] [--rounds N] [--install]

Everybody reads the same files in the same run, one after the other on one core, each in a fresh process. Ours is measured three
times: as the service does it (in a process with limits for each file), in the calling process, and without understanding, which is
what the libraries do. Libraries that the project does not need (pypdf, pdfminer.six, python-docx, docx2txt) are measured when they
are installed, or when `--install` puts them into build/resume-peers.
"""
