# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""All tags together: what an application must implement, and its routes."""

from dataclasses import dataclass
from typing import Generic

from fastapi import APIRouter
from fastapi.routing import APIRoute

from generated.api import api_keys, applications, auth, candidates, events, jobs, organization, service, users
from generated.api.api_keys import ApiKeysOperations
from generated.api.applications import ApplicationsOperations
from generated.api.auth import AuthOperations
from generated.api.candidates import CandidatesOperations
from generated.api.events import EventsOperations
from generated.api.jobs import JobsOperations
from generated.api.organization import OrganizationOperations
from generated.api.service import ServiceOperations
from generated.api.users import UsersOperations
from generated.contract import C, CallDependency


@dataclass(frozen=True, slots=True, kw_only=True)
class Implementations(Generic[C]):
    """One object for each tag; `C` is the context that their methods take."""

    auth: AuthOperations[C]
    api_keys: ApiKeysOperations[C]
    users: UsersOperations[C]
    organization: OrganizationOperations[C]
    jobs: JobsOperations[C]
    candidates: CandidatesOperations[C]
    applications: ApplicationsOperations[C]
    events: EventsOperations[C]
    service: ServiceOperations[C]


def add_routes(
    router: APIRouter,
    implementations: Implementations[C],
    call: CallDependency[C],
    route_class: type[APIRoute] = APIRoute,
) -> None:
    """Put one route for each operation on `router`; `call` is the dependency that makes the request's `Call`."""
    auth.add_routes(router, implementations.auth, call, route_class)
    api_keys.add_routes(router, implementations.api_keys, call, route_class)
    users.add_routes(router, implementations.users, call, route_class)
    organization.add_routes(router, implementations.organization, call, route_class)
    jobs.add_routes(router, implementations.jobs, call, route_class)
    candidates.add_routes(router, implementations.candidates, call, route_class)
    applications.add_routes(router, implementations.applications, call, route_class)
    events.add_routes(router, implementations.events, call, route_class)
    service.add_routes(router, implementations.service, call, route_class)
