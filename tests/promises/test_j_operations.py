"""J2, J4 and J6: log lines, metrics and the audit trail, for every operation."""

import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest

from impl.db.embedded import Server
from impl.lib import ids, logs
from tests.support import asgi, contract, world
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import Factories

ALL = list(contract.operations())
INJECTIONS = [b"a\r\nforged: line", b"\x1b[2J", b'","level":"error', b"\xe2\x80\xaeevil", b"x" * 65, b"", b"\x00"]


@pytest.fixture
def log() -> Iterator[io.BytesIO]:
    root = logging.getLogger()
    before = (root.level, list(root.handlers))
    stream = io.BytesIO()
    logs.configure("info", stream=stream)
    yield stream
    root.setLevel(before[0])
    logging.captureWarnings(False)
    logs.configure("info")
    root.handlers[:] = before[1]


def requests_in(log: io.BytesIO) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    log.seek(0)
    log.truncate()
    return [line for line in lines if line["event"] == "request"]


@pytest.mark.promise("J2")
@pytest.mark.parametrize("operation_id", ALL)
async def test_every_request_is_one_line_with_its_context(
    standing: world.Standing, log: io.BytesIO, operation_id: str
) -> None:
    cast, call = await standing.to_carry_out(operation_id)
    requests_in(log)
    answer = await call.send(cast.client("admin"), headers={"X-Request-Id": f"seen-{operation_id}"})
    [line] = requests_in(log)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", line["time"])
    assert (line["level"], line["request_id"], line["operation"]) == ("info", f"seen-{operation_id}", operation_id)
    assert (line["method"], line["status"]) == (call.operation.method, answer.status_code)
    assert line["duration_ms"] > 0
    if call.operation.node.get("security") != []:
        person = cast.people["admin"]
        assert (line["organization_id"], line["actor_id"]) == (str(cast.organization_id), str(person.id))


@pytest.mark.promise("A4")
@pytest.mark.promise("J2")
async def test_a_refusal_is_in_the_log(cast: Cast, log: io.BytesIO, interviewer: ApiClient) -> None:
    answer = await interviewer.post("/api/v1/jobs", json={"title": "x"})
    [line] = requests_in(log)
    assert (line["status"], line["operation"]) == (answer.status_code, "create_job") == (403, "create_job")
    assert line["actor_id"] == str(interviewer.id)


@pytest.mark.promise("J2")
async def test_nobody_can_forge_a_line(cast: Cast, log: io.BytesIO) -> None:
    token = b"Bearer " + cast.people["admin"].token.encode()
    sent = 0
    for value in INJECTIONS:
        for name in (b"x-request-id", b"user-agent", b"referer", b"x-forwarded-for"):
            await asgi.call(cast.app, path="/api/v1/jobs", headers=[(b"authorization", token), (name, value)])
            sent += 1
    await asgi.call(cast.app, path="/api/v1/jobs\r\n{}", headers=[(b"authorization", token)])
    raw = log.getvalue()
    assert len(raw.splitlines()) == len(requests_in(log)) == sent + 1
    assert raw.isascii()
    assert not re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", raw)


@pytest.mark.promise("J3")
async def test_the_request_id_of_a_problem_is_in_the_log(cast: Cast, log: io.BytesIO, recruiter: ApiClient) -> None:
    answer = await recruiter.get(f"/api/v1/jobs/{ids.new_id()}")
    [line] = requests_in(log)
    assert answer.json()["request_id"] == answer.headers["x-request-id"] == line["request_id"]


@pytest.mark.promise("J4")
async def test_metrics_do_not_grow_with_what_is_asked(cast: Cast, make: Factories) -> None:
    client = cast.client("recruiter")
    job = await make.job()

    async def series() -> set[str]:
        text = (await client.get("/metrics")).text
        return {line.rpartition(" ")[0] for line in text.splitlines() if not line.startswith("#")}

    await client.get("/nowhere")
    await client.get(f"/api/v1/jobs/{job['id']}")
    await client.get(f"/api/v1/jobs/{ids.new_id()}")
    before = await series()
    token = [(b"authorization", f"Bearer {client.token}".encode())]
    for number in range(1_000):
        await asgi.call(cast.app, path=f"/random/{number}", headers=token)
        await asgi.call(cast.app, path=f"/api/v1/{number}")
        await asgi.call(cast.app, path=f"/api/v1/jobs/{ids.new_id()}", headers=token)
        await asgi.call(cast.app, method=f"X{number}", path="/api/v1/jobs")
    after = await series()
    assert len(after - before) <= 20, sorted(after - before)[:40]
    assert str(job["id"]) not in " ".join(after)
    assert str(cast.organization_id) not in " ".join(after)


@pytest.mark.promise("J6")
async def test_the_service_can_only_add_to_the_history(
    server: Server, database_name: str, cast: Cast, make: Factories
) -> None:
    await make.department()
    connection = await asyncpg.connect(server.url("ats_app", database_name))
    try:
        for statement in ("UPDATE events SET type = 'x'", "DELETE FROM events", "TRUNCATE events"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(statement)
    finally:
        await connection.close()
