"""Messages: sent by hand, listed, shown, cancelled, and told of by `notify`."""

from typing import Any

from tests.services.habits import (
    NOWHERE,
    Watch,
    expect_cursor_rules,
    expect_dry_run,
    expect_hidden,
    expect_if_match,
    expect_query_rules,
    expect_replay,
    expect_scope,
    ids_of,
    refused_at,
    walk,
)
from tests.services.messages.habits import MESSAGES
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories
from tests.support.rows import Rows

WHEN = [{"name": "when", "value": "Monday"}]


def to(candidate: Data, **more: Any) -> Data:
    return {"recipient": "candidate", "candidate_id": candidate["id"], "subject": "Hello", "body": "Good day."} | more


async def test_create_queues_the_message_with_its_task(
    recruiter: ApiClient, make: Factories, watched: Watch, rows: Rows, cast: Cast
) -> None:
    candidate, template = await make.reachable(), await make.message_template()
    application = await make.application(candidate=candidate)
    await watched.begin()
    body = {"recipient": "application", "application_id": application["id"], "template_id": template["id"]}

    response = await recruiter.post(MESSAGES, json=body | {"values": WHEN})

    assert response.status_code == 201
    made = response.json()["data"]
    assert (made["status"], made["job_id"]) == ("queued", application["job_id"])
    assert made["to_address"] == candidate["profile"]["emails"][0]["address"]
    assert made["subject"].endswith(": Monday")
    assert await recruiter.data("GET", f"{MESSAGES}/{made['id']}") == made
    assert await watched.effects() == [("message.queued", made["id"])]
    task = await rows.connection.fetchrow(
        "SELECT name, arguments FROM tasks WHERE organization_id = $1", cast.organization_id
    )
    assert task is not None
    assert (task["name"], task["arguments"]) == ("deliver_message", {"message_id": made["id"]})


async def test_create_refuses(
    recruiter: ApiClient, make: Factories, make_elsewhere: Factories, watched: Watch, hiring_manager: ApiClient
) -> None:
    candidate, template = await make.reachable(), await make.message_template()
    silent, gone = await make.candidate(), await make.reachable()
    archived = await make.message_template()
    await make.admin.data("PATCH", f"{V1}/message_templates/{archived['id']}", json={"is_archived": True})
    await make.admin.data("DELETE", f"{V1}/candidates/{gone['id']}")
    by_template = {"recipient": "candidate", "candidate_id": candidate["id"], "template_id": template["id"]}
    await watched.begin()
    for body, refusal in (
        (to(silent), (409, "candidate_has_no_email", [])),
        (to(gone), (409, "candidate_not_active", [])),
        (to({"id": NOWHERE}), (404, "reference_not_found", ["/candidate_id"])),
        (to(await make_elsewhere.reachable()), (404, "reference_not_found", ["/candidate_id"])),
        (by_template | {"template_id": archived["id"]}, (409, "template_archived", [])),
        (by_template, (422, "variables_missing", ["/values"])),
        (by_template | {"subject": "Both"}, (422, "message_incomplete", ["/subject"])),
        (to(candidate, values=WHEN), (422, "message_incomplete", ["/values"])),
        ({"recipient": "candidate", "candidate_id": candidate["id"]}, (422, "message_incomplete", ["/subject"])),
        (to(candidate, send_at="2020-01-01T00:00:00Z"), (422, "instant_out_of_range", ["/send_at"])),
        (to(candidate, subject="a\r\nBcc: x@example.org"), (422, "validation_failed", ["/subject"])),
        ({"recipient": "everybody"}, (422, "validation_failed", ["/recipient"])),
    ):
        assert refused_at(await recruiter.post(MESSAGES, json=body)) == refusal
    await watched.expect_nothing()
    assert refused_at(await hiring_manager.post(MESSAGES, json=to(candidate))) == (
        422,
        "message_incomplete",
        ["/recipient"],
    )


async def test_create_replays_and_needs_its_scope(
    recruiter: ApiClient, interviewer: ApiClient, make: Factories, watched: Watch
) -> None:
    body = to(await make.reachable())
    await expect_replay(watched, recruiter, MESSAGES, body, body | {"subject": "Other"})
    await expect_scope(interviewer, "POST", MESSAGES, body, "messages:write")


async def test_list_shows_what_the_actor_may_see(
    recruiter: ApiClient, hiring_manager: ApiClient, outsider: ApiClient, interviewer: ApiClient, make: Factories
) -> None:
    application = await make.application(candidate=await make.reachable())
    first, second, third = await make.message(application), await make.message(), await make.message(application)
    await recruiter.data("POST", f"{MESSAGES}/{third['id']}/cancel")
    await make.grant("hiring_manager", {"id": application["job_id"]})
    assert await walk(recruiter, MESSAGES) == ids_of([third, second, first])
    assert await walk(recruiter, MESSAGES, sort="created_at", status="queued") == ids_of([first, second])
    assert await walk(recruiter, MESSAGES, application_id=application["id"]) == ids_of([third, first])
    assert await walk(recruiter, MESSAGES, candidate_id=second["candidate_id"]) == ids_of([second])
    assert await walk(recruiter, MESSAGES, job_id=second["job_id"], created_after=first["created_at"]) == ids_of(
        [second]
    )
    assert await walk(hiring_manager, MESSAGES) == ids_of([third, first])
    assert await walk(outsider, MESSAGES) == []
    await expect_cursor_rules(recruiter, MESSAGES, "sort=created_at", "status=queued")
    await expect_query_rules(recruiter, MESSAGES, "status=lost")
    await expect_scope(interviewer, "GET", MESSAGES, None, "messages:read")


async def test_cancel(
    recruiter: ApiClient, outsider: ApiClient, interviewer: ApiClient, make: Factories, watched: Watch
) -> None:
    message = await make.message()
    path = f"{MESSAGES}/{message['id']}/cancel"
    await expect_hidden(watched, outsider, "POST", path)
    await expect_hidden(watched, outsider, "GET", f"{MESSAGES}/{message['id']}")
    await make.grant("interviewer", {"id": message["job_id"]})
    await expect_scope(interviewer, "POST", path, None, "messages:write")
    shown = await expect_dry_run(watched, recruiter, path, None, [("message.cancelled", message["id"])])
    assert shown["status"] == "cancelled"
    again = await recruiter.post(path)
    assert (problem(again), again.json()["current_status"]) == ((409, "message_not_queued"), "cancelled")
    other = await make.message()
    await expect_replay(watched, recruiter, f"{MESSAGES}/{other['id']}/cancel", None)
    third = f"{MESSAGES}/{(await make.message())['id']}"
    await expect_if_match(watched, recruiter, "POST", f"{third}/cancel", None, third)


async def test_notify_tells_by_the_oldest_template_in_use(
    recruiter: ApiClient, make: Factories, watched: Watch
) -> None:
    template = await make.rejection_template()
    await make.rejection_template()
    application, reason = await make.application(candidate=await make.reachable()), await make.rejection_reason()
    await watched.begin()
    tried = await recruiter.post(
        f"{V1}/applications/{application['id']}/reject?dry_run=true", json={"reason_id": reason["id"], "notify": True}
    )
    assert [effect["type"] for effect in tried.json()["effects"]] == ["application.rejected", "message.queued"]
    await watched.expect_nothing()
    await make.command(application, "reject", {"reason_id": reason["id"], "notify": True})
    [message] = await recruiter.data("GET", f"{MESSAGES}?application_id={application['id']}")
    assert (message["template_id"], message["subject"]) == (template["id"], "Your application")


async def test_notify_refuses_rather_than_stay_silent(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    application, reason = await make.application(candidate=await make.reachable()), await make.rejection_reason()
    silent, gone = await make.application(), await make.application(candidate=await make.reachable())
    await make.admin.data("DELETE", f"{V1}/candidates/{gone['candidate_id']}")
    body = {"reason_id": reason["id"], "notify": True}

    async def refusal(target: Data) -> tuple[int, str, list[str]]:
        return refused_at(await recruiter.post(f"{V1}/applications/{target['id']}/reject", json=body))

    assert await refusal(application) == (409, "template_missing", [])
    template = await make.rejection_template()
    await watched.begin()
    assert await refusal(silent) == (409, "candidate_has_no_email", [])
    assert await refusal(gone) == (409, "candidate_not_active", [])
    closing = {"reason": "cancelled", "applications": "reject", **body}
    for target, code in ((silent, "candidate_has_no_email"), (gone, "candidate_not_active")):
        assert problem(await recruiter.post(f"{V1}/jobs/{target['job_id']}/close", json=closing)) == (409, code)
    await watched.expect_nothing()
    needy = {"body": "{{ values.when }}", "variables": ["candidate.full_name"], "values": ["when"]}
    await make.admin.data("PATCH", f"{V1}/message_templates/{template['id']}", json=needy)
    assert await refusal(application) == (422, "variables_missing", ["/notify"])
    job = f"{V1}/jobs/{application['job_id']}/close"
    assert refused_at(await recruiter.post(job, json=closing)) == (422, "variables_missing", ["/notify"])
    await make.admin.data("PATCH", f"{V1}/message_templates/{template['id']}", json={"is_archived": True})
    assert problem(await recruiter.post(job, json=closing)) == (409, "template_missing")


async def test_bulk_and_closing_tell_everybody(recruiter: ApiClient, make: Factories) -> None:
    await make.rejection_template()
    reason, job = await make.rejection_reason(), await make.job()
    reached = [await make.application(job, await make.reachable()) for _ in range(4)]
    silent = await make.application(await make.job())
    body = {"action": "reject", "application_ids": ids_of([reached[0], silent]), "reason_id": reason["id"]}
    items = await recruiter.data("POST", f"{V1}/applications/bulk", json=body | {"notify": True})
    assert [item["status"] for item in items] == [200, 409]
    closing = {"reason": "cancelled", "applications": "reject", "reason_id": reason["id"], "notify": True}
    await recruiter.data("POST", f"{V1}/jobs/{job['id']}/close", json=closing)
    told = await recruiter.data("GET", MESSAGES)
    assert sorted(message["application_id"] for message in told) == sorted(ids_of(reached))
