"""Our own service as a peer: the production application, all of it, under the flags that the peers run with."""

import os

from starlette.types import ASGIApp

from impl import app, settings
from impl.lib import logs


def application() -> ASGIApp:
    """The ASGI application; its settings come from the environment as in production."""
    loaded = settings.load()
    logs.configure(loaded.logs.level)
    return app.build(loaded, os.environ["ATS_DATABASE_URL"])
