"""export_candidate: everything that is kept about a person, for the person."""

from tests.services.habits import NOWHERE, Watch, expect_hidden, expect_scope, ids_of
from tests.services.privacy.habits import known, path_of
from tests.support.clients import ApiClient, problem
from tests.support.factories import Data, Factories


def rows_of(bundle: Data, kind: str) -> list[Data]:
    [section] = [section for section in bundle["sections"] if section["kind"] == kind]
    rows: list[Data] = section["rows"]
    return rows


async def test_holds_the_person_and_what_was_merged_into_it(admin: ApiClient, make: Factories, watched: Watch) -> None:
    candidate, application = await known(make)
    duplicate = await make.merged(candidate, await make.candidate(full_name="Before Marriage"))
    await make.legal_hold(candidate)
    await known(make, "Somebody")
    await watched.begin()

    bundle = await admin.data("GET", path_of(candidate, "/export"))

    assert bundle["candidate"] == await admin.data("GET", path_of(candidate))
    [merged] = bundle["merged"]
    assert (merged["id"], merged["profile"]["full_name"]) == (duplicate["id"], "Before Marriage")
    assert len(bundle["tags"]) == 1
    [applied] = rows_of(bundle, "applications")
    assert (applied["id"], applied["note"], applied["status"]) == (application["id"], "Reason Zyzzyva", "rejected")
    assert [note["body"] for note in rows_of(bundle, "notes")] == ["Note Zyzzyva"]
    assert len(rows_of(bundle, "stage_history")) == 2
    assert {"candidate.created", "application.rejected"} <= {event["type"] for event in rows_of(bundle, "events")}
    assert "legal_holds" not in [section["kind"] for section in bundle["sections"]]
    assert "Somebody" not in str(bundle)
    await watched.expect_nothing()


async def test_leaves_out_what_is_for_administrators(admin: ApiClient, make: Factories) -> None:
    application = await make.application()
    shown = [await make.note(application, visibility=visibility) for visibility in ("public", "private")]
    await make.note(application, visibility="admin_only")

    bundle = await admin.data("GET", path_of({"id": application["candidate_id"]}, "/export"))

    assert ids_of(rows_of(bundle, "notes")) == ids_of(shown)


async def test_can_be_read_in_quarantine_and_when_anonymized(admin: ApiClient, make: Factories) -> None:
    candidate, _ = await known(make)
    await admin.data("DELETE", path_of(candidate))
    quarantined = await admin.data("GET", path_of(candidate, "/export"))
    assert quarantined["candidate"]["profile"]["family_name"] == "Zyzzyva"
    await admin.data("POST", path_of(candidate, "/restore"))
    await admin.data("POST", path_of(candidate, "/anonymize"))
    anonymized = await admin.data("GET", path_of(candidate, "/export"))
    assert (anonymized["candidate"]["profile"], len(rows_of(anonymized, "applications"))) == (None, 1)
    assert "Zyzzyva" not in str(anonymized)


async def test_who_may_not(
    admin: ApiClient, outsider: ApiClient, recruiter: ApiClient, make: Factories, watched: Watch
) -> None:
    path = path_of(await make.candidate(), "/export")
    await expect_hidden(watched, outsider, "GET", path)
    await expect_scope(recruiter, "GET", path, None, "privacy:export")
    granted = await make.machine("privacy:export", job_ids=[(await make.job())["id"]])
    assert problem(await granted.get(path)) == (403, "missing_grant")
    assert problem(await admin.get(path_of({"id": NOWHERE}, "/export"))) == (404, "not_found")
