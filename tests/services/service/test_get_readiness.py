"""get_readiness: the service can do its work, or says what is missing."""

from typing import Any

import asyncpg
import pytest

from impl.db.embedded import Server
from impl.lib import draining
from impl.settings import Settings
from tests.services.service.habits import expect_plain, without_database
from tests.support.application import another
from tests.support.clients import ApiClient, problem


def failed(checks: list[dict[str, Any]]) -> list[str]:
    return [check["name"] for check in checks if check["status"] == "failed"]


async def test_is_ready(anonymous: ApiClient) -> None:
    response = await anonymous.get("/readyz")

    assert response.status_code == 200
    checks = response.json()["data"]["checks"]
    assert [check["name"] for check in checks] == ["database", "queue", "storage", "keys", "process"]
    assert {(check["status"], check["detail"]) for check in checks} == {("ok", None)}


async def test_says_that_the_database_is_down(settings: Settings) -> None:
    response = await without_database(settings).get("/readyz")

    assert problem(response) == (503, "not_ready")
    assert response.headers["Retry-After"] == "1"
    assert failed(response.json()["checks"]) == ["database", "queue", "keys"]
    assert all(check["detail"] for check in response.json()["checks"] if check["status"] == "failed")


async def test_says_that_the_schema_is_of_another_release(
    anonymous: ApiClient, superuser: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    own = await superuser.fetchval("SELECT version_num FROM alembic_version")
    await superuser.execute("UPDATE alembic_version SET version_num = 'older'")
    try:
        response = await anonymous.get("/readyz")
    finally:
        await superuser.execute("UPDATE alembic_version SET version_num = $1", own)

    assert problem(response) == (503, "not_ready")
    assert failed(response.json()["checks"]) == ["database"]
    assert "older" in response.json()["checks"][0]["detail"]
    assert (await anonymous.get("/readyz")).status_code == 200


async def test_says_that_the_queue_is_of_another_release(
    anonymous: ApiClient, superuser: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    own = await superuser.fetchval("SELECT obj_description('queue'::regnamespace, 'pg_namespace')")
    await superuser.execute("COMMENT ON SCHEMA queue IS 'procrastinate 0.1'")
    try:
        response = await anonymous.get("/readyz")
    finally:
        await superuser.execute(f"COMMENT ON SCHEMA queue IS '{own}'")

    assert problem(response) == (503, "not_ready")
    assert failed(response.json()["checks"]) == ["queue"]
    assert "ats migrate" in response.json()["checks"][1]["detail"]


async def test_says_that_the_queue_is_not_its_to_use(
    anonymous: ApiClient, superuser: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    await superuser.execute("REVOKE INSERT ON queue.procrastinate_jobs FROM ats_app")
    try:
        response = await anonymous.get("/readyz")
    finally:
        await superuser.execute("GRANT INSERT ON queue.procrastinate_jobs TO ats_app")

    assert failed(response.json()["checks"]) == ["queue"]


async def test_says_that_files_cannot_be_kept(settings: Settings, server: Server, database_name: str) -> None:
    blocked = settings.data_dir / "blocked"
    blocked.write_bytes(b"a file where the folder should be")
    async with another(settings.model_copy(update={"data_dir": blocked}), server.url("ats_app", database_name)) as app:
        response = await ApiClient(app).get("/readyz")
    assert problem(response) == (503, "not_ready")
    assert failed(response.json()["checks"]) == ["storage"]


async def test_says_that_the_process_is_about_to_stop(anonymous: ApiClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draining, "is_draining", lambda: True)

    response = await anonymous.get("/readyz")

    assert problem(response) == (503, "not_ready")
    assert failed(response.json()["checks"]) == ["process"]


async def test_takes_no_parameter_and_no_other_media_type(anonymous: ApiClient) -> None:
    await expect_plain(anonymous, "/readyz")
