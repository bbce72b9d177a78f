"""get_public_application: a candidate's own page, which tells what they sent and nothing of the inside."""

import pytest

from impl.core.runtime import Runtime
from impl.lib import tokens
from tests.services.public.habits import tracking
from tests.support.background import run_due
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import MOTIVATION, V1, Data, Factories
from tests.support.forms import File


async def page(client: ApiClient, cast: Cast, receipt: Data) -> Data:
    found: Data = await client.data("GET", tracking(cast, receipt["token"]))
    return found


async def test_shows_what_was_sent_and_how_it_stands(
    anonymous: ApiClient, cast: Cast, make: Factories, runtime: Runtime
) -> None:
    job = await make.job(title="Internal name 4711")
    post = await make.post(job, title="Baker", questions=[MOTIVATION])
    answers = [{"key": "motivation", "values": ["Bread"]}]
    receipt = await make.applied(
        post, File(name="Lebenslauf.pdf"), full_name="Mira", email="m@example.org", answers=answers
    )
    before = await page(anonymous, cast, receipt)
    assert before == {
        "status": "received",
        "organization": {"slug": cast.slug, "name": f"Organization {cast.slug}"},
        "job_title": "Baker",
        "submitted_at": receipt["submitted_at"],
        "withdrawn_at": None,
        "full_name": "Mira",
        "email": "m@example.org",
        "phone": None,
        "answers": [{"key": "motivation", "label": "Why this job?", "values": ["Bread"]}],
        "files": [
            {
                "field": "resume",
                "name": "Lebenslauf.pdf",
                "media_type": "application/pdf",
                "size_bytes": 23,
                "refusal": None,
            }
        ],
    }
    await run_due(runtime, cast.organization_id)
    answer = await anonymous.get(tracking(cast, receipt["token"]))
    assert answer.json()["data"] == {**before, "status": "in_review"}
    again = await anonymous.get(tracking(cast, receipt["token"]), headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(("command", "word"), [("reject", "closed"), ("withdraw", "withdrawn"), ("hire", "hired")])
async def test_words_for_candidates(
    anonymous: ApiClient,
    recruiter: ApiClient,
    cast: Cast,
    make: Factories,
    runtime: Runtime,
    command: str,
    word: str,
) -> None:
    """An end is told; a stage, a reason and a note are not."""
    post, reason = await make.post(), await make.rejection_reason(name="Too slow 4711")
    receipt = await make.applied(post)
    await run_due(runtime, cast.organization_id)
    [intake] = await recruiter.data("GET", f"{V1}/intakes")
    application = {"id": intake["application_id"]}
    await make.command(application, "move")
    moved = await page(anonymous, cast, receipt)
    assert moved["status"] == "in_review"
    body = {"reason_id": reason["id"], "note": "A note 4711"} if command == "reject" else {}
    await make.command(application, command, body)
    shown = await anonymous.get(tracking(cast, receipt["token"]))
    assert shown.json()["data"] == {**moved, "status": word}
    assert "4711" not in shown.text


async def test_a_stranger_learns_nothing_by_an_address(
    anonymous: ApiClient, recruiter: ApiClient, cast: Cast, make: Factories, runtime: Runtime
) -> None:
    """Who applies under the address of somebody who has applied already sees what he would see otherwise, also later."""
    post = await make.post()
    known = await make.candidate(email="known@example.org")
    standing = await make.application({"id": post["job_id"]}, known)
    receipts = [await make.applied(post, full_name="X", email=f"{name}@example.org") for name in ("known", "new")]

    async def both() -> list[Data]:
        pages = [await page(anonymous, cast, receipt) for receipt in receipts]
        return [
            {name: value for name, value in each.items() if name not in ("email", "submitted_at")} for each in pages
        ]

    first, second = await both()
    assert first == second
    await run_due(runtime, cast.organization_id)
    first, second = await both()
    assert first == second
    reason = await make.rejection_reason()
    await make.command(standing, "reject", {"reason_id": reason["id"]})
    first, second = await both()
    assert (first, first["status"]) == (second, "in_review")


async def test_a_token_opens_one_page_of_one_organization(
    anonymous: ApiClient, cast: Cast, other_cast: Cast, make: Factories, admin: ApiClient
) -> None:
    receipt = await make.applied()
    token: str = receipt["token"]
    prefix, public_id, secret, _ = token.split("_")
    wrong = [
        "x",
        token[:-1],
        token.upper().lower() + "0",
        tokens.assemble(prefix, public_id, "0" * 32),
        tokens.assemble(prefix, "0" * 16, secret),
        tokens.assemble("atss", public_id, secret),
        tokens.mint_tracking().token,
    ]
    answers = [await anonymous.get(tracking(cast, each)) for each in wrong]
    answers.append(await anonymous.get(tracking(other_cast, token)))
    answers.append(await anonymous.get(f"{V1}/public/nobody-here/applications/{token}"))
    assert {problem(answer) for answer in answers} == {(404, "not_found")}
    assert (await anonymous.get(tracking(cast, token))).status_code == 200
    bearer = ApiClient(cast.app, token)
    assert problem(await bearer.get(f"{V1}/me")) == (401, "invalid_token")
