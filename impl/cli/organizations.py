"""Organizations: `ats organizations create`, `ats organizations list`."""

import asyncio
import secrets
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.table import Table

from generated import requests
from generated.enums import UserRole
from impl.cli import databases, running, serving
from impl.cli.console import notes, results
from impl.cli.failures import Exit, Failure
from impl.provisioning import Listed, create_organization, organizations
from impl.settings import Settings, load

commands = typer.Typer(name="organizations", help="The organizations that this service is for.", no_args_is_help=True)

Slug = Annotated[str, typer.Argument(help="A short name for addresses, such as [cyan]northwind[/].")]
Name = Annotated[str, typer.Option(help="The name as people read it.")]
Email = Annotated[str, typer.Option("--admin-email", help="The first administrator's e-mail address, to sign in with.")]
Person = Annotated[str, typer.Option("--admin-name", help="The first administrator's name.")]


@commands.command()
def create(slug: Slug, name: Name, admin_email: Email, admin_name: Person = "Administrator") -> None:
    """Make an organization with its first administrator, whose password is printed once.

    [dim]Example:[/]  ats organizations create northwind --name "Northwind" --admin-email ada@example.org
    """
    settings = load()
    serving.configure_logs(settings)
    password = secrets.token_urlsafe(15)
    try:
        # The slug is held against the contract's rule for it, which stands at the sign-in.
        requests.SessionCreate(email=admin_email, password=password, organization=slug)
        admin = requests.UserCreate(email=admin_email, name=admin_name, role=UserRole.ADMIN, password=password)
    except ValidationError as error:
        raise Failure("\n".join(_described(error)), Exit.USAGE) from None
    with databases.opened(settings) as urls:
        databases.expect_migrated(urls)
        asyncio.run(_create(settings, urls.app, slug, name, admin))
    notes.print(f"Made the organization {slug}. {admin_email} signs in with this password, which is not shown again:")
    results.print(password, markup=False)


@commands.command("list")
def show() -> None:
    """List the organizations."""
    settings = load()
    serving.configure_logs(settings)
    with databases.opened(settings) as urls:
        databases.expect_migrated(urls)
        listed = asyncio.run(_listed(settings, urls.app))
    table = Table("Slug", "Id", "Suspended", box=None)
    for each in listed:
        table.add_row(each.slug, str(each.id), "yes" if each.is_suspended else "no")
    results.print(table)


async def _create(settings: Settings, url: str, slug: str, name: str, admin: requests.UserCreate) -> None:
    async with running.runtime(settings, url) as runtime:
        if any(each.slug == slug for each in await organizations(runtime.database)):
            raise Failure(f"There is an organization {slug} already.")
        await create_organization(runtime, slug, name, admin)


async def _listed(settings: Settings, url: str) -> list[Listed]:
    async with running.runtime(settings, url) as runtime:
        return await organizations(runtime.database)


def _described(error: ValidationError) -> list[str]:
    names = {"organization": "The slug", "email": "--admin-email", "name": "--admin-name"}
    return [
        f"{names.get(str(found['loc'][0]), 'The value')}: {found['msg']}"
        for found in error.errors(include_url=False, include_input=False)
    ]
