"""A stand-in for curl, of the options that the README uses: -sS, -X, -H, -d, -F, -D -, -o. Standard library alone, Python 3.11."""

import argparse
import sys
import urllib.error
import urllib.request
from pathlib import Path

BOUNDARY = "----stand-in"


def part(given: str) -> bytes:
    """One part of a form: `name=value`, or `name=@FILE;type=…`."""
    name, value = given.split("=", 1)
    head, content = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"', value.encode()
    if value.startswith("@"):
        place, _, media_type = value[1:].partition(";type=")
        head += f'; filename="{Path(place).name}"\r\nContent-Type: {media_type}'
        content = Path(place).read_bytes()
    return f"{head}\r\n\r\n".encode() + content + b"\r\n"


def main() -> None:
    """Send one request and print what came back."""
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("-s", action="store_true")
    parser.add_argument("-S", action="store_true")
    parser.add_argument("-X", default=None)
    parser.add_argument("-H", action="append", default=[])
    parser.add_argument("-d", default=None)
    parser.add_argument("-F", action="append", default=[])
    parser.add_argument("-D", default=None)
    parser.add_argument("-o", default=None)
    given = parser.parse_args()
    headers = dict(header.split(": ", 1) for header in given.H)
    body = None if given.d is None else given.d.encode()
    if given.F:
        headers["Content-Type"] = f"multipart/form-data; boundary={BOUNDARY}"
        body = b"".join(map(part, given.F)) + f"--{BOUNDARY}--\r\n".encode()
    method = given.X or ("GET" if body is None else "POST")
    request = urllib.request.Request(given.url, body, headers, method=method)  # noqa: S310  # the caller's own server
    try:
        answer = urllib.request.urlopen(request, timeout=30)  # noqa: S310  # see above
    except urllib.error.HTTPError as problem:
        answer = problem
    with answer:
        if given.D == "-":
            print(f"HTTP/1.1 {answer.status}\r")
            for name, value in answer.headers.items():
                print(f"{name}: {value}\r")
            print("\r")
        content = answer.read().decode()
    if given.o is None:
        sys.stdout.write(content)


if __name__ == "__main__":
    main()
