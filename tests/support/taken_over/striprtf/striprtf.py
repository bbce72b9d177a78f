"""A library that does what it is told by the file: all that it can do is what the text of the document says."""

import ctypes
import errno
import json
import os
import resource
import socket
import subprocess
from collections.abc import Callable
from typing import Any

_system = ctypes.CDLL(None, use_errno=True)


def _called(name: str, *arguments: Any) -> None:
    if getattr(_system, name)(*arguments) == -1:
        raise OSError(ctypes.get_errno(), name)


def _deeds(folder: str, port: int, service: int, reader: int) -> dict[str, Callable[[], object]]:
    buffer = ctypes.create_string_buffer(64)
    return {
        "write": lambda: os.open(f"{folder}/left", os.O_CREAT | os.O_WRONLY),
        "write to the temporary folder": lambda: os.open("/tmp/left", os.O_CREAT | os.O_WRONLY),  # noqa: S108
        "make a folder": lambda: os.mkdir(f"{folder}/left"),
        "read": lambda: os.open("/etc/passwd", os.O_RDONLY),
        "look around": lambda: os.listdir("/"),
        "look at the service": lambda: os.open(f"/proc/{service}/environ", os.O_RDONLY),
        "connect": lambda: socket.create_connection(("127.0.0.1", port), 1),
        "send": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", port)),
        "talk to a neighbour": lambda: socket.socket(socket.AF_UNIX),
        "look up a name": lambda: socket.getaddrinfo("example.org", 443),
        "pipe": os.pipe,
        "memory with a name": lambda: os.memfd_create("x"),
        "fork": os.fork,
        "run": lambda: subprocess.run(["/bin/true"], check=True),
        "become another program": lambda: os.execv("/bin/true", ["true"]),  # noqa: S606 - it is never reached
        "end the service": lambda: os.kill(service, 0),
        "end its reader": lambda: os.kill(reader, 9),
        "trace the service": lambda: _called("ptrace", 16, service, None, None),
        "read the service's memory": lambda: _called("process_vm_readv", service, buffer, 1, buffer, 1, 0),
        "open more files": lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64)),
        "take more time": lambda: resource.setrlimit(resource.RLIMIT_CPU, (3600, 3600)),
        "be root": lambda: os.setuid(0),
        "be first": lambda: os.setpriority(os.PRIO_PROCESS, 0, -5),
        "enter another network": lambda: _called("unshare", 0x40000000),
    }


def _tried(deed: Callable[[], object]) -> str:
    try:
        deed()
    except Exception as error:
        return type(error).__name__
    return "done"


def _is_open(descriptor: int) -> bool:
    try:
        os.lseek(descriptor, 0, os.SEEK_CUR)
    except OSError as error:
        return error.errno != errno.EBADF
    return True


def rtf_to_text(source: str, errors: str = "strict") -> str:
    """The library's only function."""
    if "@" not in source:
        return source
    orders = json.loads(source[source.index("@") + 1 : source.rindex("@")])
    report = {
        "deeds": {name: _tried(deed) for name, deed in _deeds(**orders).items()},
        "environment": dict(os.environ),
        "descriptors": [number for number in range(200) if _is_open(number)],
    }
    return json.dumps(report)
