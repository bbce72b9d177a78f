# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""All tags together: what an application must implement, and its routes."""

from dataclasses import dataclass
from typing import Generic

from fastapi import APIRouter
from fastapi.routing import APIRoute

from generated.api import (
    api_keys,
    applications,
    approvals,
    attachments,
    auth,
    candidates,
    custom_fields,
    demographics,
    duplicates,
    events,
    intakes,
    interviews,
    jobs,
    matching,
    messages,
    notes,
    offers,
    organization,
    posts,
    privacy,
    public,
    reports,
    resumes,
    scorecards,
    screening,
    search,
    service,
    tags,
    tasks,
    users,
)
from generated.api.api_keys import ApiKeysOperations
from generated.api.applications import ApplicationsOperations
from generated.api.approvals import ApprovalsOperations
from generated.api.attachments import AttachmentsOperations
from generated.api.auth import AuthOperations
from generated.api.candidates import CandidatesOperations
from generated.api.custom_fields import CustomFieldsOperations
from generated.api.demographics import DemographicsOperations
from generated.api.duplicates import DuplicatesOperations
from generated.api.events import EventsOperations
from generated.api.intakes import IntakesOperations
from generated.api.interviews import InterviewsOperations
from generated.api.jobs import JobsOperations
from generated.api.matching import MatchingOperations
from generated.api.messages import MessagesOperations
from generated.api.notes import NotesOperations
from generated.api.offers import OffersOperations
from generated.api.organization import OrganizationOperations
from generated.api.posts import PostsOperations
from generated.api.privacy import PrivacyOperations
from generated.api.public import PublicOperations
from generated.api.reports import ReportsOperations
from generated.api.resumes import ResumesOperations
from generated.api.scorecards import ScorecardsOperations
from generated.api.screening import ScreeningOperations
from generated.api.search import SearchOperations
from generated.api.service import ServiceOperations
from generated.api.tags import TagsOperations
from generated.api.tasks import TasksOperations
from generated.api.users import UsersOperations
from generated.contract import C, CallDependency


@dataclass(frozen=True, slots=True, kw_only=True)
class Implementations(Generic[C]):
    """One object for each tag; `C` is the context that their methods take."""

    auth: AuthOperations[C]
    api_keys: ApiKeysOperations[C]
    users: UsersOperations[C]
    organization: OrganizationOperations[C]
    tags: TagsOperations[C]
    custom_fields: CustomFieldsOperations[C]
    jobs: JobsOperations[C]
    posts: PostsOperations[C]
    public: PublicOperations[C]
    intakes: IntakesOperations[C]
    candidates: CandidatesOperations[C]
    duplicates: DuplicatesOperations[C]
    privacy: PrivacyOperations[C]
    notes: NotesOperations[C]
    attachments: AttachmentsOperations[C]
    resumes: ResumesOperations[C]
    applications: ApplicationsOperations[C]
    interviews: InterviewsOperations[C]
    scorecards: ScorecardsOperations[C]
    screening: ScreeningOperations[C]
    search: SearchOperations[C]
    matching: MatchingOperations[C]
    reports: ReportsOperations[C]
    offers: OffersOperations[C]
    demographics: DemographicsOperations[C]
    approvals: ApprovalsOperations[C]
    messages: MessagesOperations[C]
    events: EventsOperations[C]
    tasks: TasksOperations[C]
    service: ServiceOperations[C]


def routers(
    implementations: Implementations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> list[APIRouter]:
    """A router for each tag, with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    return [
        auth.routes(implementations.auth, call, route_class),
        api_keys.routes(implementations.api_keys, call, route_class),
        users.routes(implementations.users, call, route_class),
        organization.routes(implementations.organization, call, route_class),
        tags.routes(implementations.tags, call, route_class),
        custom_fields.routes(implementations.custom_fields, call, route_class),
        jobs.routes(implementations.jobs, call, route_class),
        posts.routes(implementations.posts, call, route_class),
        public.routes(implementations.public, call, route_class),
        intakes.routes(implementations.intakes, call, route_class),
        candidates.routes(implementations.candidates, call, route_class),
        duplicates.routes(implementations.duplicates, call, route_class),
        privacy.routes(implementations.privacy, call, route_class),
        notes.routes(implementations.notes, call, route_class),
        attachments.routes(implementations.attachments, call, route_class),
        resumes.routes(implementations.resumes, call, route_class),
        applications.routes(implementations.applications, call, route_class),
        interviews.routes(implementations.interviews, call, route_class),
        scorecards.routes(implementations.scorecards, call, route_class),
        screening.routes(implementations.screening, call, route_class),
        search.routes(implementations.search, call, route_class),
        matching.routes(implementations.matching, call, route_class),
        reports.routes(implementations.reports, call, route_class),
        offers.routes(implementations.offers, call, route_class),
        demographics.routes(implementations.demographics, call, route_class),
        approvals.routes(implementations.approvals, call, route_class),
        messages.routes(implementations.messages, call, route_class),
        events.routes(implementations.events, call, route_class),
        tasks.routes(implementations.tasks, call, route_class),
        service.routes(implementations.service, call, route_class),
    ]
