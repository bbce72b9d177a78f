"""The list of tables about candidates is whole: a new table is in it, or says why not."""

from impl.models import Base
from impl.models.subject import HOLDINGS, NOT_OF_CANDIDATES

SUBJECTS = {"candidates", "applications"}


def _leads_to_a_person(name: str) -> bool:
    table = Base.metadata.tables[name]
    referred = {key.column.table.name for key in table.foreign_keys}
    columns = set(table.columns.keys())
    sealed = any(column.endswith("_sealed") for column in columns)
    return bool(referred & SUBJECTS or columns & {"candidate_id", "candidate_ids", "application_id"} or sealed)


def test_every_table_that_leads_to_a_person_is_listed_once() -> None:
    held = [holding.name for holding in HOLDINGS]
    assert len(held) == len(set(held))
    assert not set(held) & set(NOT_OF_CANDIDATES)
    found = {name for name in Base.metadata.tables if _leads_to_a_person(name)}
    assert found == set(held) | set(NOT_OF_CANDIDATES)


def test_what_is_listed_names_its_candidate() -> None:
    for holding in HOLDINGS:
        columns = holding.model.__table__.columns
        assert {"candidate_id", *holding.unique_with} <= set(columns.keys()), holding.name
