"""Queries compiled once: their values, their refusals, and one transaction with the ORM."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from asyncpg import InsufficientPrivilegeError
from sqlalchemy import bindparam, insert, select, text, update

from impl.db.engine import Database
from impl.db.errors import ConstraintViolated
from impl.db.query import Query
from tests.db.playground import ACME, ADD, ADD_PART, BETA, BY_ID, BY_IDS, COUNT, NAMES, Part, Thing

ONE, TWO, THREE = (UUID(int=n) for n in (1, 2, 3))
WHOLE = Query(insert(Thing), columns=[c.name for c in Thing.__table__.columns])


async def test_every_kind_of_value_comes_back_as_it_went(db: Database) -> None:
    values: dict[str, object] = {
        "organization_id": ACME,
        "id": ONE,
        "name": "Zoë 😀",
        "count": 7,
        "tags": ["a", 'b"{},'],
        "document": {"x": [1, None, "é"], "y": {"z": True}},
        "secret": bytes(range(256)),
        "made_at": datetime(2026, 2, 28, 23, 59, 59, 123456, tzinfo=UTC),
    }
    async with db.transaction(ACME, timeout_seconds=5) as connection:
        assert await connection.execute(WHOLE, **values) == 1
        row = await connection.row(Query(select(Thing.__table__)))
        thing = await connection.session.get_one(Thing, (ACME, ONE))
    assert row is not None
    assert dict(row) == values
    assert {name: getattr(thing, name) for name in values} == values


async def test_rows_row_value_and_nothing(db: Database) -> None:
    async with db.transaction(ACME, timeout_seconds=5) as connection:
        assert await connection.row(BY_ID, id=ONE) is None
        assert await connection.value(BY_ID, id=ONE) is None
        assert await connection.rows(NAMES) == []
        await connection.execute_many(
            ADD, [{"organization_id": ACME, "id": i, "name": n} for i, n in ((ONE, "a"), (TWO, "b"))]
        )
        assert [tuple(row) for row in await connection.rows(NAMES)] == [("a",), ("b",)]
        assert await connection.value(COUNT) == 2


async def test_lists_are_any(db: Database) -> None:
    async with db.transaction(ACME, timeout_seconds=5) as connection:
        for number, name in ((ONE, "a"), (TWO, "b"), (THREE, "c")):
            await connection.execute(ADD, organization_id=ACME, id=number, name=name)
        assert [r["name"] for r in await connection.rows(BY_IDS, ids=[ONE, THREE])] == ["a", "c"]
        assert await connection.rows(BY_IDS, ids=[]) == []


async def test_text_and_literals(db: Database) -> None:
    query = Query(text("SELECT CAST(:n AS int) + CAST(:n AS int) + 1 AS n, CAST(:t AS text) AS t"))
    async with db.transaction(None, timeout_seconds=5) as connection:
        row = await connection.row(query, n=20, t="x:y $1 '")
        assert row is not None
        assert tuple(row) == (41, "x:y $1 '")
        fixed = Query(select(Thing.id).where(Thing.name == "fixed", Thing.count > bindparam("least")).limit(5))
        assert await connection.rows(fixed, least=3) == []


@pytest.mark.parametrize(
    ("query", "values", "message"),
    [
        (BY_ID, {}, "needs a value for :id"),
        (BY_ID, {"id": ONE, "other": 1}, "no parameter other"),
        (COUNT, {"x": 1}, "no parameter x"),
        (Query(select(Thing).where(Thing.id.in_(bindparam("ids", expanding=True)))), {"ids": [ONE]}, r"in_\(\)"),
    ],
)
def test_wrong_use_is_a_type_error(query: Query, values: dict[str, object], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        _ = query.sql, query.arguments(values)


def test_text_is_compiled_once() -> None:
    query = Query(update(Thing).where(Thing.id == bindparam("key")).values(count=Thing.count + bindparam("more")))
    assert query.sql is query.sql
    assert query.arguments({"key": ONE, "more": 2}) == [2, ONE]


async def test_orm_and_statements_share_one_transaction(db: Database) -> None:
    async with db.transaction(ACME, timeout_seconds=5) as connection:
        await connection.execute(ADD, organization_id=ACME, id=ONE, name="by statement")
        thing = await connection.session.get_one(Thing, (ACME, ONE))
        thing.name = "by orm"
        connection.session.add(Thing(organization_id=ACME, id=TWO, name="also by orm"))
        await connection.flush()
        assert [r["name"] for r in await connection.rows(NAMES)] == ["also by orm", "by orm"]
        own = await connection.session.connection()
        backend = (await own.execute(text("SELECT pg_backend_pid()"))).scalar_one()
        assert backend == connection.raw.get_server_pid()
    async with db.transaction(ACME, timeout_seconds=5) as connection:
        assert await connection.value(COUNT) == 2


async def test_rollback_undoes_orm_and_statements(db: Database) -> None:
    with pytest.raises(LookupError):
        async with db.transaction(ACME, timeout_seconds=5) as connection:
            await connection.execute(ADD, organization_id=ACME, id=ONE, name="by statement")
            connection.session.add(Thing(organization_id=ACME, id=TWO, name="by orm"))
            await connection.flush()
            raise LookupError
    async with db.transaction(ACME, timeout_seconds=5) as connection:
        assert await connection.value(COUNT) == 0


async def test_pending_orm_changes_are_flushed_by_the_commit(db: Database) -> None:
    async with db.transaction(ACME, timeout_seconds=5) as connection:
        connection.session.add(Thing(organization_id=ACME, id=ONE, name="pending"))
    async with db.transaction(ACME, timeout_seconds=5) as connection:
        assert await connection.value(COUNT) == 1


async def test_rollback_only_keeps_nothing(db: Database) -> None:
    async with db.transaction(ACME, timeout_seconds=5) as connection:
        connection.session.add(Thing(organization_id=ACME, id=ONE, name="dry run"))
        await connection.flush()
        assert await connection.value(COUNT) == 1
        connection.rollback_only = True
    async with db.transaction(ACME, timeout_seconds=5) as connection:
        assert await connection.value(COUNT) == 0


async def test_session_cannot_end_the_transaction(db: Database) -> None:
    async with db.transaction(ACME, timeout_seconds=5) as connection:
        with pytest.raises(RuntimeError, match="committed by whoever opened it"):
            await connection.session.commit()
        with pytest.raises(RuntimeError, match="rollback_only"):
            await connection.session.rollback()


async def test_savepoint_per_item(db: Database) -> None:
    outcomes = []
    async with db.transaction(ACME, timeout_seconds=5) as connection:
        for number, name in ((1, "a"), (2, "a"), (3, "b"), (4, "b"), (5, "c")):
            try:
                async with connection.savepoint():
                    if number % 2:
                        connection.session.add(Thing(organization_id=ACME, id=UUID(int=number), name=name))
                        await connection.flush()
                    else:
                        await connection.execute(ADD, organization_id=ACME, id=UUID(int=number), name=name)
            except ConstraintViolated as refused:
                outcomes.append(refused.constraint)
            else:
                outcomes.append("ok")
    assert outcomes == ["ok", "uq_things_name", "ok", "uq_things_name", "ok"]
    async with db.transaction(ACME, timeout_seconds=5) as connection:
        assert [r["name"] for r in await connection.rows(NAMES)] == ["a", "b", "c"]


async def test_savepoint_restores_loaded_rows(db: Database) -> None:
    async with db.transaction(ACME, timeout_seconds=5) as connection:
        thing = Thing(organization_id=ACME, id=ONE, name="before")
        connection.session.add(thing)
        await connection.flush()
        with pytest.raises(ConstraintViolated):
            async with connection.savepoint():
                thing.name = "inside"
                connection.session.add(Part(organization_id=ACME, id=ONE, thing_id=TWO))
        await connection.session.refresh(thing)
        assert thing.name == "before"
        await connection.execute(ADD_PART, organization_id=ACME, id=ONE, thing_id=ONE)


async def test_constraint_names_are_said_and_values_are_not(db: Database) -> None:
    for organization, query, values, name in (
        (ACME, ADD_PART, {"organization_id": ACME, "id": ONE, "thing_id": TWO}, "fk_parts_thing"),
        (ACME, WHOLE, _thing(count=-1), "ck_things_count"),
        (ACME, WHOLE, _thing(name=None), "things.name"),
    ):
        with pytest.raises(ConstraintViolated) as caught:
            async with db.transaction(organization, timeout_seconds=5) as connection:
                await connection.execute(query, **values)
        assert caught.value.constraint == name
        assert caught.value.args == (name,)
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__


async def test_other_organizations_rows_are_not_written(db: Database) -> None:
    with pytest.raises(InsufficientPrivilegeError, match="row-level security"):
        async with db.transaction(ACME, timeout_seconds=5) as connection:
            await connection.execute(ADD, organization_id=BETA, id=ONE, name="foreign")


def _thing(**changed: object) -> dict[str, object]:
    whole: dict[str, object] = {c.name: None for c in Thing.__table__.columns}
    return whole | {"organization_id": ACME, "id": ONE, "name": "canary", "count": 1, "tags": []} | changed
