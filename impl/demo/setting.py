"""The stage of the demo: the organization's staff, lists and keys, before anybody applies."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from generated import requests
from generated.enums import RejectionReasonKind, Scope, UserRole
from generated.operations import SCOPES
from impl.core.actor import Actor, key_actor, system_actor, user_actor
from impl.core.runtime import Runtime
from impl.db.engine import Connection
from impl.demo import letters, organization
from impl.provisioning import found, perform
from impl.services.api_keys.operations import ApiKeys
from impl.services.custom_fields.operations import CustomFields
from impl.services.messages.operations import Messages
from impl.services.organization.operations import OrganizationService
from impl.services.tags.operations import TagsService
from impl.services.users.operations import Users

SITE_SCOPES = [Scope.APPLICATIONS_WRITE, Scope.CANDIDATES_WRITE, Scope.DEMOGRAPHICS_WRITE, Scope.JOBS_READ]


@dataclass(frozen=True, slots=True)
class SignIn:
    """Who may sign in, and how."""

    email: str
    password: str
    role: UserRole


class Setting:
    """Makes the organization and remembers the ids of what it made, by name."""

    def __init__(self, runtime: Runtime, connection: Connection, service: OrganizationService) -> None:
        self._runtime = runtime
        self._connection = connection
        self._service = service
        self.system = system_actor(organization.ID)
        self.users: dict[str, UUID] = {}
        self.departments: dict[str, UUID] = {}
        self.offices: dict[str, UUID] = {}
        self.sources: dict[str, UUID] = {}
        self.reasons: dict[str, UUID] = {}
        self.tags: dict[str, UUID] = {}
        self.templates: dict[str, UUID] = {}
        self.sign_ins: list[SignIn] = []
        self.api_key = ""
        self.site = self.system

    async def make(self) -> None:
        """Everything, in the open transaction."""
        await found(self._runtime, self._connection, organization.ID, organization.SLUG, organization.NAME)
        for member in organization.MEMBERS:
            await self._make_user(member)
        await self._make_organization()
        await self._make_trees()
        await self._make_lists()
        await self._make_tags()
        await self._make_templates()
        await self._make_fields()
        self.api_key, _ = await self._make_key("Everything (demo)", sorted(map(Scope, SCOPES)))
        _, site_id = await self._make_key("Career site", SITE_SCOPES)
        self.site = key_actor(organization.ID, site_id, frozenset(SITE_SCOPES), is_job_granted=False)

    def actor(self, name: str) -> Actor:
        """A member of the staff at work."""
        role = next(member.role for member in organization.MEMBERS if member.name == name)
        return user_actor(organization.ID, self.users[name], self.users[name], role)

    async def _make_user(self, member: organization.Member) -> None:
        password = secrets.token_urlsafe(12)
        body = requests.UserCreate(email=member.email, name=member.name, role=member.role, password=password)
        user = await perform(
            self._runtime, self._connection, self.system, "create_user", lambda ctx: Users().create_user(ctx, body)
        )
        self.users[member.name] = user.id
        if member.is_active:
            self.sign_ins.append(SignIn(member.email, password, member.role))
            return
        change = requests.UserUpdate(is_active=False)
        await perform(
            self._runtime,
            self._connection,
            self.system,
            "update_user",
            lambda ctx: Users().update_user(ctx, user.id, change),
        )

    async def _make_organization(self) -> None:
        change = requests.OrganizationUpdate(time_zone=organization.TIME_ZONE)
        await perform(
            self._runtime,
            self._connection,
            self.actor(organization.ADMIN),
            "update_organization",
            lambda ctx: self._service.update_organization(ctx, change),
        )

    async def _make_trees(self) -> None:
        for name, parent in organization.DEPARTMENTS:
            department = requests.DepartmentCreate(name=name, parent_id=self.departments[parent] if parent else None)
            self.departments[name] = await self._made("create_department", department)
        for place in organization.OFFICES:
            office = requests.OfficeCreate(
                name=place.name,
                parent_id=self.offices[place.parent] if place.parent else None,
                city=place.city,
                country_code=place.country_code,
                time_zone=place.time_zone,
            )
            self.offices[place.name] = await self._made("create_office", office)

    async def _make_lists(self) -> None:
        for name, kind in organization.SOURCES:
            self.sources[name] = await self._made("create_source", requests.SourceCreate(name=name, kind=kind))
        ours, theirs = RejectionReasonKind.REJECTED_BY_ORGANIZATION, RejectionReasonKind.WITHDRAWN_BY_CANDIDATE
        for names, side in ((organization.REJECTIONS, ours), (organization.WITHDRAWALS, theirs)):
            for name in names:
                reason = requests.RejectionReasonCreate(name=name, kind=side)
                self.reasons[name] = await self._made("create_rejection_reason", reason)

    async def _make_tags(self) -> None:
        for name, _ in organization.TAGS:
            self.tags[name] = await self._made("create_tag", requests.TagCreate(name=name), TagsService())
        old = await self._made("create_tag", requests.TagCreate(name=organization.OLD_TAG), TagsService())
        await self._archive("update_tag", TagsService().update_tag, old, requests.TagUpdate)

    async def _make_fields(self) -> None:
        for field in organization.CUSTOM_FIELDS:
            body = requests.CustomFieldCreate(
                key=field.key,
                name=field.name,
                applies_to=field.applies_to,
                type=field.type,
                options=[requests.CustomFieldOptionCreate(key=name.lower(), name=name) for name in field.options],
                is_private=field.is_private,
            )
            made = await self._made("create_custom_field", body, CustomFields())
            if field.is_archived:
                await self._archive(
                    "update_custom_field", CustomFields().update_custom_field, made, requests.CustomFieldUpdate
                )

    async def _archive(
        self, operation_id: str, update: Callable[..., Awaitable[Any]], row_id: UUID, body: Callable[..., Any]
    ) -> None:
        admin, change = self.actor(organization.ADMIN), body(is_archived=True)
        await perform(self._runtime, self._connection, admin, operation_id, lambda ctx: update(ctx, row_id, change))

    async def _make_templates(self) -> None:
        for template in letters.TEMPLATES:
            made = await self._made("create_message_template", template, Messages())
            self.templates[template.name] = made

    async def _made(self, operation_id: str, body: object, service: object = None) -> UUID:
        """Run one of the creating operations of the lists as the administrator."""
        admin = self.actor(organization.ADMIN)
        operation = getattr(service or self._service, operation_id)
        made = await perform(self._runtime, self._connection, admin, operation_id, lambda ctx: operation(ctx, body))
        row_id: UUID = made.id
        return row_id

    async def _make_key(self, name: str, scopes: list[Scope]) -> tuple[str, UUID]:
        body = requests.ApiKeyCreate(name=name, scopes=scopes)
        key = await perform(
            self._runtime,
            self._connection,
            self.system,
            "create_api_key",
            lambda ctx: ApiKeys().create_api_key(ctx, body),
        )
        return key.secret, key.id
