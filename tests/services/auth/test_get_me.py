"""get_me: the actor behind the credential, and what it may do."""

from generated.operations import ROLES
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories

PATH = "/api/v1/me"


async def test_shows_a_user_with_the_rights_of_its_role(cast: Cast) -> None:
    for role, person in cast.people.items():
        me = await cast.client(role).data("GET", PATH)
        assert me["actor"] == {"type": "user", "id": str(person.id)}
        assert (me["user"]["email"], me["user"]["name"], me["role"]) == (person.email, person.name, role)
        assert me["api_key"] is None
        assert me["organization"] == {
            "id": str(cast.organization_id),
            "slug": cast.slug,
            "name": f"Organization {cast.slug}",
        }
        assert me["scopes"] == sorted(ROLES[role].scopes)
        assert (me["visibility"], me["job_ids"]) == (ROLES[role].visibility, [])


async def test_shows_the_jobs_that_are_granted(
    hiring_manager: ApiClient, recruiter: ApiClient, make: Factories
) -> None:
    job = await make.job()
    await make.grant("hiring_manager", job)
    await make.grant("recruiter", job)

    assert (await hiring_manager.data("GET", PATH))["job_ids"] == [job["id"]]
    # A recruiter sees every job: a list of some would mislead.
    assert (await recruiter.data("GET", PATH))["job_ids"] == []


async def test_shows_an_api_key(machine: ApiClient, cast: Cast) -> None:
    me = await machine.data("GET", PATH)

    assert me["actor"] == {"type": "api_key", "id": str(cast.machine_id)}
    assert (me["user"], me["role"], me["visibility"], me["job_ids"]) == (None, None, "organization", [])
    assert me["api_key"]["id"] == str(cast.machine_id)
    assert me["scopes"] == me["api_key"]["scopes"]


async def test_shows_the_jobs_of_an_api_key(make: Factories) -> None:
    job = await make.job()
    narrow = await make.machine("jobs:read", job_ids=[job["id"]])

    me = await narrow.data("GET", PATH)

    assert (me["visibility"], me["job_ids"], me["scopes"]) == ("granted_jobs", [job["id"]], ["jobs:read"])


async def test_is_not_sent_again(recruiter: ApiClient) -> None:
    tag = (await recruiter.get(PATH)).headers["ETag"]

    again = await recruiter.get(PATH, headers={"If-None-Match": tag})

    assert (again.status_code, again.content) == (304, b"")


async def test_needs_a_credential(anonymous: ApiClient) -> None:
    assert problem(await anonymous.get(PATH)) == (401, "unauthenticated")
    assert problem(await anonymous.get(PATH, headers={"Authorization": "Bearer atss_x"})) == (401, "invalid_token")
