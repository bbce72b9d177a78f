"""The service measured beside its peers: `make bench`, or `python -m scripts.bench --help`.

What counts is CPU time of the server per request, from /proc around a closed-loop load, as a ratio to peers that answer the same
requests with the same JSON in the same run. `bare` is the least that one can do in Python (Starlette, asyncpg, msgspec, no
middleware), `naive` the usual way (FastAPI, ORM, response_model). See `goals` for what must be reached.
"""
