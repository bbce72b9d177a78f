"""Serves the application by uvicorn: in this process, or in several that it supervises."""

import os
import socket
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

from starlette.types import ASGIApp
from uvicorn.supervisors import multiprocess

from impl import app
from impl.cli.draining_server import Config, DrainingProcess, DrainingServer
from impl.cli.failures import Exit, Failure
from impl.lib import logs, metrics
from impl.settings import Settings, load
from impl.settings_sections import ServerSettings

Started = Callable[[str], None]

# A worker that does not answer its supervisor for so long is replaced.
HEALTHCHECK_SECONDS = 15

log = logs.get_logger()


def application() -> ASGIApp:
    """The application of one server process. Its settings, the address of the database among them, are in the environment."""
    settings = load()
    configure_logs(settings)
    if settings.database.url is None:
        raise RuntimeError("whoever starts a server process names its database in ATS_DATABASE_URL")
    return app.build(settings, settings.database.url.get_secret_value())


def configure_logs(settings: Settings) -> None:
    """Log as the settings say."""
    logs.configure(settings.logs.level, pretty=settings.pretty_logs, secrets=settings.secret_values())


def serve(settings: Settings, database_url: str, on_started: Started | None = None) -> None:
    """Serve until a signal ends it. `on_started` gets the server's URL once requests are answered (with several workers: soon will be).

    Raises Failure when the address cannot be listened on, SystemExit(3) when the application does not start.
    """
    listener = listen(settings.server.host, settings.server.port)
    address = address_of(settings, listener.getsockname()[1])
    _export(settings, database_url, address)
    config = _config(settings)
    if settings.server.workers == 1:
        server = DrainingServer(config)
        server.on_started = None if on_started is None else partial(on_started, address)
        server.run([listener])
        return
    metrics.prepare_multiprocess(settings.data_dir / "metrics")
    # uvicorn's supervisor makes its processes from this name and takes no other server class.
    multiprocess.Process = DrainingProcess  # type: ignore[misc]
    supervisor = multiprocess.Multiprocess(config, [listener])
    if on_started is not None:
        on_started(address)
    supervisor.run()


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address (port 0: any free one); uvicorn starts to listen on it when the application is ready."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise Failure(
            f"Cannot listen on {host} port {port}: {error.strerror}. Choose another with --port (make run PORT=…).",
            Exit.FAILED,
        ) from None
    listener.set_inheritable(True)
    return listener


def _export(settings: Settings, database_url: str, address: str) -> None:
    """Put into the environment what the server processes cannot read there yet."""
    os.environ["ATS_DATABASE_URL"] = database_url
    os.environ["ATS_DATA_DIR"] = str(settings.data_dir)
    os.environ["ATS_SERVER__WORKERS"] = str(settings.server.workers)
    os.environ["ATS_SERVER__BASE_URL"] = address


def address_of(settings: Settings, port: int) -> str:
    """The URL of the server: the one that the settings say, else how this machine reaches it."""
    if settings.server.base_url != ServerSettings.model_fields["base_url"].default:
        return settings.server.base_url
    host = settings.server.host
    with suppress(ValueError):  # a name
        host = _reachable(ip_address(host))
    return f"http://{host}:{port}"


def _reachable(address: IPv4Address | IPv6Address) -> str:
    """The address as this machine writes it into a URL; who listens everywhere is reached at the loopback."""
    if address.is_unspecified:
        return "127.0.0.1" if address.version == 4 else "[::1]"
    return str(address) if address.version == 4 else f"[{address}]"


def _config(settings: Settings) -> Config:
    options: dict[str, Any] = {
        "factory": True,
        "loop": "uvloop",
        "http": "httptools",
        "ws": "none",
        "lifespan": "on",
        "workers": settings.server.workers,
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "proxy_headers": False,
        "timeout_keep_alive": settings.server.keep_alive_seconds,
        "timeout_graceful_shutdown": settings.server.shutdown_seconds,
        "timeout_worker_healthcheck": HEALTHCHECK_SECONDS,
    }
    config = Config("impl.cli.serving:application", **options)
    config.drain_seconds = settings.server.drain_seconds
    return config
