"""The services: one package for each tag of the contract, stacked so that imports point down only."""

from generated.api import Implementations
from impl.core.context import Context
from impl.core.runtime import Runtime
from impl.services.api_keys.operations import ApiKeys
from impl.services.applications.operations import Applications
from impl.services.approvals.operations import Approvals
from impl.services.attachments.operations import Attachments
from impl.services.auth.operations import Auth
from impl.services.candidates.operations import Candidates
from impl.services.candidates.tasks import index_profiles
from impl.services.custom_fields.operations import CustomFields
from impl.services.demographics.operations import Demographics
from impl.services.duplicates.operations import Duplicates
from impl.services.events.operations import Events
from impl.services.intakes.operations import Intakes
from impl.services.interviews.operations import Interviews
from impl.services.jobs.operations import Jobs
from impl.services.matching.operations import Matching
from impl.services.messages.operations import Messages
from impl.services.notes.operations import Notes
from impl.services.offers.operations import Offers
from impl.services.organization.operations import OrganizationService
from impl.services.posts.operations import Posts
from impl.services.privacy.operations import Privacy
from impl.services.public.operations import Public
from impl.services.reports.operations import Reports
from impl.services.resumes.operations import Resumes
from impl.services.scorecards.operations import Scorecards
from impl.services.screening.operations import Screening
from impl.services.search.operations import Search
from impl.services.service.operations import Service
from impl.services.tags.operations import TagsService
from impl.services.tasks.operations import Tasks
from impl.services.users.operations import Users
from impl.services.wordings.tasks import embed_missing


def implementations(runtime: Runtime) -> Implementations[Context]:
    """One object for each tag."""
    return Implementations(
        api_keys=ApiKeys(),
        applications=Applications(),
        approvals=Approvals(),
        attachments=Attachments(),
        auth=Auth(),
        candidates=Candidates(),
        custom_fields=CustomFields(),
        demographics=Demographics(),
        duplicates=Duplicates(),
        events=Events(),
        interviews=Interviews(),
        intakes=Intakes(),
        jobs=Jobs(),
        matching=Matching(),
        messages=Messages(),
        notes=Notes(),
        offers=Offers(),
        organization=OrganizationService(index_profiles, embed_missing),
        reports=Reports(),
        posts=Posts(),
        privacy=Privacy(),
        public=Public(),
        resumes=Resumes(),
        scorecards=Scorecards(),
        screening=Screening(),
        search=Search(),
        service=Service(runtime),
        tags=TagsService(),
        tasks=Tasks(),
        users=Users(),
    )
