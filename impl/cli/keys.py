"""Keys: `ats keys create` (an API key of an organization), `ats keys master` (the key that guards all personal data)."""

import asyncio
from datetime import timedelta
from typing import Annotated
from uuid import UUID

import typer
from pydantic import ValidationError

from generated import requests, responses
from generated.enums import Scope
from generated.operations import SCOPES
from impl.cli import databases, running, serving
from impl.cli.console import notes, results
from impl.cli.failures import Exit, Failure
from impl.core.actor import system_actor
from impl.lib import clock
from impl.lib.crypto import MasterKey
from impl.provisioning import organizations, perform
from impl.services.api_keys.operations import ApiKeys
from impl.settings import Settings, load

CREATE_SECONDS = 10.0

commands = typer.Typer(name="keys", help="API keys and the master key.", no_args_is_help=True)

Organization = Annotated[
    str | None, typer.Option("--organization", "-o", help="Its slug; not needed for the only one.")
]
Name = Annotated[str, typer.Option(help="What the key is for, as its list shows it.")]
Scopes = Annotated[
    list[Scope] | None,
    typer.Option("--scope", "-s", metavar="SCOPE", help="What it may do, such as jobs:read; once for each."),
]
EveryScope = Annotated[bool, typer.Option("--all-scopes", help="It may do everything.")]
Days = Annotated[int | None, typer.Option("--expires-in-days", min=1, help="Refused from then on; never if not given.")]
Jobs = Annotated[list[UUID] | None, typer.Option("--job", help="Sees only these jobs' rows; once for each job.")]


@commands.command()
def create(
    name: Name = "command line",
    scopes: Scopes = None,
    all_scopes: EveryScope = False,
    organization: Organization = None,
    expires_in_days: Days = None,
    jobs: Jobs = None,
) -> None:
    """Make an API key. The key alone goes to stdout, once: only a hash of it is kept.

    [dim]Example:[/]  ats keys create --name "career site" -s jobs:read -s candidates:write --expires-in-days 90
    """
    if bool(scopes) == all_scopes:
        raise Failure(
            f"Name what it may do with --scope, or give --all-scopes. Scopes: {', '.join(sorted(SCOPES))}", Exit.USAGE
        )
    settings = load()
    serving.configure_logs(settings)
    body = _body(name, sorted(map(Scope, SCOPES)) if all_scopes else list(scopes or ()), expires_in_days, jobs)
    with databases.opened(settings) as urls:
        databases.expect_migrated(urls)
        key = asyncio.run(_create(settings, urls.app, organization, body))
    notes.print(f"Made the API key {key.name} ({key.public_id}). It is not shown again:")
    results.print(key.secret, markup=False)


@commands.command()
def master() -> None:
    """Print a new master key, to be kept in a file (mode 600) that ATS_MASTER_KEY_FILE names.

    To replace a key, put the new one before the old one, separated by a comma: the first seals, the others still open.

    [dim]Example:[/]  (umask 077; ats keys master > master.key)
    """
    results.print(MasterKey.generate(), markup=False)


@commands.command()
def rewrap() -> None:
    """Wrap every key set with the first master key, after which the others can be forgotten. Nothing is sealed anew.

    [dim]Example:[/]  ATS_MASTER_KEY="$NEW,$OLD" ats keys rewrap
    """
    settings = load()
    serving.configure_logs(settings)
    with databases.opened(settings) as urls:
        databases.expect_migrated(urls)
        done, kept = asyncio.run(_rewrap(settings, urls.app))
    notes.print(f"Wrapped {done} key sets with the first master key; {kept} were already.")


def _body(name: str, scopes: list[Scope], days: int | None, jobs: list[UUID] | None) -> requests.ApiKeyCreate:
    given: dict[str, object] = {"name": name, "scopes": scopes}
    if days is not None:
        given["expires_at"] = clock.now() + timedelta(days=days)
    if jobs:
        given["job_ids"] = jobs
    try:
        return requests.ApiKeyCreate.model_validate(given)
    except ValidationError as error:
        problems = [f"{found['loc'][0]}: {found['msg']}" for found in error.errors(include_input=False)]
        raise Failure("\n".join(problems), Exit.USAGE) from None


async def _create(
    settings: Settings, url: str, slug: str | None, body: requests.ApiKeyCreate
) -> responses.ApiKeyWithSecret:
    async with running.runtime(settings, url) as runtime:
        owner = await running.organization(runtime.database, slug)
        async with runtime.database.transaction(owner.id, timeout_seconds=CREATE_SECONDS) as connection:
            return await perform(
                runtime,
                connection,
                system_actor(owner.id),
                "create_api_key",
                lambda ctx: ApiKeys().create_api_key(ctx, body),
            )


async def _rewrap(settings: Settings, url: str) -> tuple[int, int]:
    """How many key sets were wrapped anew, and how many did not need it."""
    outcomes = []
    async with running.runtime(settings, url) as runtime:
        async with runtime.database.transaction(None, timeout_seconds=CREATE_SECONDS) as connection:
            outcomes.append(await runtime.keys.rewrap_deployment(connection))
        for each in await organizations(runtime.database):
            async with runtime.database.transaction(each.id, timeout_seconds=CREATE_SECONDS) as connection:
                outcomes.append(await runtime.keys.rewrap(connection, each.id))
    return outcomes.count(True), outcomes.count(False)
