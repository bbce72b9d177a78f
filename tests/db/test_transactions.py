"""Transactions end as they must, whatever happens inside, and leave nothing in the pool."""

import asyncio
import random
from uuid import UUID

import asyncpg
import psycopg
import pytest
from sqlalchemy import text

from impl.db.engine import Connection, Database
from impl.db.errors import (
    Conflict40,
    ConstraintViolated,
    DatabaseUnavailable,
    DeadlineExceeded,
    ResourceLocked,
    UnstorableText,
    translated,
)
from impl.db.query import Query
from tests.db.playground import (
    ACME,
    ADD,
    ADD_PART,
    BETA,
    COUNT,
    IDLE_IN,
    NAMES,
    ONE,
    OURS,
    TENANT,
    TWO,
    Admin,
    Thing,
    add,
    eventually,
    value,
)

SLEEP = Query(text("SELECT pg_sleep(30)"))
LOCK = Query(text("SELECT name FROM things WHERE id = CAST(:id AS uuid) FOR UPDATE"))
RENAME = Query(text("UPDATE things SET name = name || '!' WHERE id = CAST(:id AS uuid)"))
BUSY = f"SELECT count(*) {OURS} AND query LIKE 'SELECT pg_sleep(30)%' AND state = 'active'"


def assert_pool_is_whole(db: Database, admin: Admin) -> None:
    assert db.pool_stats().in_use == 0
    assert value(admin, IDLE_IN) == 0


async def test_commits_and_rolls_back(db: Database, admin: Admin) -> None:
    await add(db, ACME, (ONE, "kept"))
    with pytest.raises(KeyError):
        async with db.transaction(ACME, timeout_seconds=5) as connection:
            await connection.execute(ADD, organization_id=ACME, id=TWO, name="lost")
            raise KeyError
    assert value(admin, "SELECT string_agg(name, ',') FROM things") == "kept"
    assert_pool_is_whole(db, admin)


async def test_settings_are_the_transactions(db: Database) -> None:
    show = Query(text("SELECT current_setting('statement_timeout'), current_setting('lock_timeout')"))
    read_only = Query(text("SELECT current_setting('transaction_read_only')"))
    async with db.transaction(ACME, timeout_seconds=1.5) as connection:
        row = await connection.row(show)
        assert row is not None
        assert tuple(row) == ("1500ms", "300ms")
        assert await connection.value(TENANT) == str(ACME)
        assert await connection.value(read_only) == "off"
    async with db.transaction(None, timeout_seconds=0.1, read_only=True) as connection:
        row = await connection.row(show)
        assert row is not None
        assert tuple(row) == ("100ms", "100ms")
        assert await connection.value(TENANT) == ""
        assert await connection.value(read_only) == "on"


async def test_organization_must_be_a_uuid(db: Database) -> None:
    with pytest.raises(TypeError, match="is a UUID"):
        db.transaction("x', true); DROP TABLE things; --", timeout_seconds=1)  # type: ignore[arg-type]  # the point


async def test_swallowed_error_is_not_taken_for_a_commit(db: Database) -> None:
    with pytest.raises(RuntimeError, match="nothing was committed"):
        async with db.transaction(ACME, timeout_seconds=5) as connection:
            await connection.execute(ADD, organization_id=ACME, id=ONE, name="a")
            with pytest.raises(ConstraintViolated):
                await connection.execute(ADD, organization_id=ACME, id=ONE, name="b")


async def test_deferred_constraint_fails_the_commit(db: Database) -> None:
    with pytest.raises(ConstraintViolated) as caught:
        async with db.transaction(ACME, timeout_seconds=5) as connection:
            await connection.raw.execute("SET CONSTRAINTS ALL DEFERRED")
            await connection.execute(ADD_PART, organization_id=ACME, id=ONE, thing_id=TWO)
    assert caught.value.constraint == "fk_parts_thing"


@pytest.mark.promise("B4")
@pytest.mark.parametrize("way", ["statement", "orm"])
async def test_slow_statement_is_stopped_in_the_server(db: Database, admin: Admin, way: str) -> None:
    with pytest.raises(DeadlineExceeded) as caught:
        async with db.transaction(ACME, timeout_seconds=0.2) as connection:
            await run_sleep(connection, way)
    assert (caught.value.status, caught.value.headers) == (503, {"Retry-After": "1"})
    assert value(admin, BUSY) == 0
    assert_pool_is_whole(db, admin)


@pytest.mark.promise("B4")
@pytest.mark.parametrize("way", ["statement", "orm"])
async def test_cancelled_task_stops_its_statement_in_the_server(db: Database, admin: Admin, way: str) -> None:
    async def slow() -> None:
        async with db.transaction(ACME, timeout_seconds=60) as connection:
            await run_sleep(connection, way)

    task = asyncio.create_task(slow())
    await eventually(lambda: value(admin, BUSY) == 1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await eventually(lambda: value(admin, BUSY) == 0)
    assert_pool_is_whole(db, admin)
    await add(db, ACME, (ONE, "the pool still works"))


async def run_sleep(connection: Connection, way: str) -> None:
    if way == "statement":
        await connection.execute(SLEEP)
    else:
        await connection.session.execute(SLEEP.statement)


async def test_cancelled_at_every_moment_leaves_a_whole_pool(db: Database, admin: Admin) -> None:
    async def work() -> None:
        async with db.transaction(ACME, timeout_seconds=5) as connection:
            await connection.value(COUNT)
            connection.session.add(Thing(organization_id=ACME, id=ONE, name="never"))
            await connection.flush()
            connection.rollback_only = True

    for steps in range(60):
        task = asyncio.create_task(work())
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled() or task.exception() is None
    assert_pool_is_whole(db, admin)
    async with db.transaction(ACME, timeout_seconds=5) as connection:
        assert await connection.value(COUNT) == 0


async def test_wait_for_a_lock_is_short(db: Database) -> None:
    await add(db, ACME, (ONE, "locked"))
    async with db.transaction(ACME, timeout_seconds=5) as holder:
        await holder.row(LOCK, id=ONE)
        with pytest.raises(ResourceLocked) as caught:
            async with db.transaction(ACME, timeout_seconds=5) as waiter:
                await waiter.row(LOCK, id=ONE)
    assert (caught.value.status, caught.value.headers["Retry-After"]) == (503, "1")


@pytest.mark.promise("D5")
async def test_deadlock_is_told_apart(playground_urls: dict[str, str], admin: Admin) -> None:
    admin.execute("TRUNCATE things, parts")
    patient = Database(playground_urls["ats_app"], pool_size=2, lock_timeout_seconds=30)
    await add(patient, ACME, (ONE, "deadlock one"), (TWO, "deadlock two"))
    both = asyncio.Barrier(2)

    async def lock(first: UUID, second: UUID) -> None:
        async with patient.transaction(ACME, timeout_seconds=30) as connection:
            await connection.execute(RENAME, id=first)
            await both.wait()
            await connection.execute(RENAME, id=second)

    ended = await asyncio.gather(lock(ONE, TWO), lock(TWO, ONE), return_exceptions=True)
    await patient.close()
    assert sorted(type(e).__name__ for e in ended) == ["Conflict40", "NoneType"]
    assert Conflict40.status == 503


async def test_serialization_failure_is_told_apart(db: Database) -> None:
    raised = Query(text("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40001'; END $$"))
    with pytest.raises(Conflict40):
        async with db.transaction(ACME, timeout_seconds=5) as connection:
            await connection.execute(raised)
    with pytest.raises(Conflict40):
        async with db.transaction(ACME, timeout_seconds=5) as connection:
            await connection.session.execute(raised.statement)


async def test_plan_outdated_by_a_migration_may_be_repeated(db: Database, playground_urls: dict[str, str]) -> None:
    star = Query(text("SELECT * FROM changing"))
    with psycopg.connect(playground_urls["ats_owner"], autocommit=True) as owner:
        owner.execute("CREATE TABLE changing (a int); GRANT SELECT ON changing TO ats_app")
        try:
            async with db.transaction(ACME, timeout_seconds=5) as connection:
                await connection.rows(star)
            owner.execute("ALTER TABLE changing ADD b text")
            with pytest.raises(Conflict40):
                async with db.transaction(ACME, timeout_seconds=5) as connection:
                    await connection.rows(star)
            async with db.transaction(ACME, timeout_seconds=5) as connection:
                await connection.rows(star)
        finally:
            owner.execute("DROP TABLE changing")


@pytest.mark.parametrize("state", ["53100", "53300", "57P01", "58030", "25006", "08006"])
async def test_what_only_time_cures_is_unavailable(db: Database, state: str) -> None:
    raised = Query(text(f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{state}'; END $$"))
    for way in ("statement", "orm"):
        with pytest.raises(DatabaseUnavailable) as caught:
            async with db.transaction(ACME, timeout_seconds=5) as connection:
                if way == "orm":
                    await connection.session.execute(raised.statement)
                await connection.execute(raised)
        assert (caught.value.status, caught.value.headers) == (503, {"Retry-After": "1"})


def test_farewell_of_the_server_between_two_queries_is_unavailable() -> None:
    farewell = asyncpg.InternalClientError("cannot switch to state 12; another operation (2) is in progress")
    other = asyncpg.InternalClientError("something else")
    assert isinstance(translated(farewell), DatabaseUnavailable)
    assert translated(other) is other


async def test_connection_whose_rollback_fails_is_thrown_away(db: Database, admin: Admin) -> None:
    with pytest.raises(LookupError):
        async with db.transaction(ACME, timeout_seconds=5) as connection:
            pid = connection.raw.get_server_pid()
            # The driver refuses a second operation while one is running, the ROLLBACK too.
            running = asyncio.ensure_future(connection.raw.execute("SELECT pg_sleep(1)"))
            await asyncio.sleep(0.05)
            raise LookupError
    with pytest.raises(asyncpg.PostgresConnectionError):
        await running
    assert_pool_is_whole(db, admin)
    for _ in range(3):
        async with db.transaction(ACME, timeout_seconds=5) as connection:
            assert connection.raw.get_server_pid() != pid


async def test_text_that_cannot_be_stored(db: Database) -> None:
    with pytest.raises(UnstorableText):
        await add(db, ACME, (ONE, "a\x00b"))


async def test_our_own_bugs_stay_bugs(db: Database) -> None:
    with pytest.raises(asyncpg.UndefinedColumnError):
        async with db.transaction(ACME, timeout_seconds=5) as connection:
            await connection.execute(Query(text("SELECT nonsense FROM things")))
    with pytest.raises(FileNotFoundError):
        async with db.transaction(ACME, timeout_seconds=5):
            raise FileNotFoundError(2, "no such file", "x")
    with pytest.raises(TimeoutError):
        async with db.transaction(ACME, timeout_seconds=5), asyncio.timeout(0.05):
            await asyncio.sleep(5)


async def test_full_pool_is_unavailable(db: Database) -> None:
    async with (
        db.transaction(ACME, timeout_seconds=5),
        db.transaction(ACME, timeout_seconds=5),
        db.transaction(ACME, timeout_seconds=5),
    ):
        with pytest.raises(DatabaseUnavailable):
            async with db.transaction(ACME, timeout_seconds=5):
                pass
    async with db.transaction(ACME, timeout_seconds=5) as connection:
        assert await connection.value(COUNT) == 0


async def test_too_many_connections_is_unavailable(db: Database, admin: Admin) -> None:
    admin.execute(f"ALTER DATABASE {admin.info.dbname} CONNECTION LIMIT 0")
    try:
        await db.close()
        with pytest.raises(DatabaseUnavailable):
            async with db.transaction(ACME, timeout_seconds=5):
                pass
    finally:
        admin.execute(f"ALTER DATABASE {admin.info.dbname} CONNECTION LIMIT -1")
    async with db.transaction(ACME, timeout_seconds=5) as connection:
        assert await connection.value(COUNT) == 0


async def test_refused_connection_is_unavailable() -> None:
    nobody = Database("postgresql://a:b@127.0.0.1:1/c")
    with pytest.raises(DatabaseUnavailable):
        await nobody.start()
    await nobody.close()


async def test_idle_connections_that_died_are_not_noticed(db: Database, admin: Admin) -> None:
    async def use() -> None:
        async with db.transaction(ACME, timeout_seconds=5) as connection:
            await asyncio.sleep(0.02)
            await connection.value(COUNT)

    await asyncio.gather(use(), use(), use())
    admin.execute(f"SELECT pg_terminate_backend(pid) {OURS}")
    await asyncio.gather(use(), use(), use())


@pytest.mark.parametrize("way", ["statement", "orm"])
async def test_terminated_in_the_middle_is_unavailable_and_heals(db: Database, admin: Admin, way: str) -> None:
    async def slow() -> None:
        async with db.transaction(ACME, timeout_seconds=60) as connection:
            await run_sleep(connection, way)

    task = asyncio.create_task(slow())
    await eventually(lambda: value(admin, BUSY) == 1)
    admin.execute(f"SELECT pg_terminate_backend(pid) {OURS} AND query LIKE 'SELECT pg_sleep(30)%'")
    with pytest.raises(DatabaseUnavailable):
        await task
    assert_pool_is_whole(db, admin)
    await add(db, ACME, (ONE, "healed"))


async def test_lost_before_the_commit_is_unavailable(db: Database, admin: Admin) -> None:
    with pytest.raises(DatabaseUnavailable):
        async with db.transaction(ACME, timeout_seconds=5) as connection:
            await connection.execute(ADD, organization_id=ACME, id=ONE, name="gone")
            admin.execute("SELECT pg_terminate_backend(%s)", [connection.raw.get_server_pid()])
    assert value(admin, "SELECT count(*) FROM things") == 0
    assert_pool_is_whole(db, admin)


@pytest.mark.promise("A3")
async def test_no_tenant_leaks_through_the_pool(playground_urls: dict[str, str], admin: Admin) -> None:
    admin.execute("TRUNCATE things, parts")
    db = Database(playground_urls["ats_app"], pool_size=1, pool_timeout_seconds=30)
    await add(db, ACME, (ONE, "of acme"))
    await add(db, BETA, (ONE, "of beta"))
    owned = {ACME: ["of acme"], BETA: ["of beta"], None: []}
    chance = random.Random(7)
    seen = 0

    async def use(organization: UUID | None, fate: str) -> None:
        nonlocal seen
        async with db.transaction(organization, timeout_seconds=0.05 if fate == "timeout" else 5) as connection:
            assert await connection.value(TENANT) == str(organization or "")
            assert [r["name"] for r in await connection.rows(NAMES)] == owned[organization]
            seen += 1
            await _meet(fate, connection)

    tasks = []
    for _ in range(400):
        fate = chance.choice(["fine", "fine", "orm", "error", "syntax", "timeout", "cancel", "dry", "kill"])
        task = asyncio.create_task(use(chance.choice([ACME, BETA, None]), fate), name=fate)
        tasks.append(task)
        if fate == "cancel":
            asyncio.get_running_loop().call_later(chance.random() * 0.5, task.cancel)
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    wrong = [e for e in ended if isinstance(e, AssertionError)]
    await db.close()
    assert wrong == []
    assert seen > 250
    expected = (
        LookupError,
        DeadlineExceeded,
        asyncio.CancelledError,
        asyncpg.UndefinedColumnError,
        DatabaseUnavailable,
    )
    assert [e for e in ended if e is not None and not isinstance(e, expected)] == []


async def _meet(fate: str, connection: Connection) -> None:
    if fate == "orm":
        await connection.session.get(Thing, (ACME, ONE))
    elif fate == "error":
        raise LookupError
    elif fate == "syntax":
        await connection.execute(Query(text("SELECT nonsense FROM things")))
    elif fate == "timeout":
        await connection.execute(SLEEP)
    elif fate == "cancel":
        await connection.execute(Query(text("SELECT pg_sleep(0.01)")))
    elif fate == "dry":
        await connection.execute(RENAME, id=ONE)
        connection.rollback_only = True
    elif fate == "kill":
        connection.raw.terminate()
