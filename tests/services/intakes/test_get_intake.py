"""get_intake: everything that was sent, and what became of it."""

from tests.services.habits import NOWHERE, expect_hidden, expect_scope, watch
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import MOTIVATION, V1, Factories
from tests.support.rows import Rows

PATH = f"{V1}/intakes"


async def test_shows_everything(recruiter: ApiClient, make: Factories) -> None:
    flagging = MOTIVATION | {"key": "shifts", "kind": "checkbox", "flagged_answers": ["false"]}
    post = await make.post(questions=[MOTIVATION, flagging])
    answers = [{"key": "shifts", "values": ["false"]}, {"key": "motivation", "values": ["Bread"]}]
    intake = await make.intake("processed", post, answers=answers)
    answer = await recruiter.get(f"{PATH}/{intake['id']}")
    shown = answer.json()["data"]
    assert shown == intake
    assert (shown["status"], shown["flagged_count"], shown["processed_at"] is None) == ("processed", 1, False)
    assert [(each["key"], each["kind"], each["flagged_values"]) for each in shown["answers"]] == [
        ("shifts", "checkbox", ["false"]),
        ("motivation", "long_text", []),
    ]
    [file] = shown["files"]
    assert (file["field"], file["name"], file["media_type"], file["size_bytes"]) == (
        "resume",
        "resume.pdf",
        "application/pdf",
        23,
    )
    tag = {"If-None-Match": answer.headers["etag"]}
    assert (await recruiter.get(f"{PATH}/{intake['id']}", headers=tag)).status_code == 304


async def test_hides_and_refuses(
    outsider: ApiClient, recruiter: ApiClient, make: Factories, cast: Cast, rows: Rows
) -> None:
    intake = await make.intake()
    path = f"{PATH}/{intake['id']}"
    await expect_hidden(await watch(rows, cast), outsider, "GET", path)
    assert problem(await recruiter.get(f"{PATH}/{NOWHERE}")) == (404, "not_found")
    await expect_scope(cast.client("interviewer"), "GET", path, None, "intakes:read")
    granted = await make.machine("intakes:read", job_ids=[(await make.job())["id"]])
    assert problem(await granted.get(path)) == (404, "not_found")
