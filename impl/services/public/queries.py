"""What the public side selects: published posts of open jobs, and nothing else."""

from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Select, Text, any_, bindparam, func, text

from generated.enums import JobStatus, PostStatus, Visibility
from impl.core.access import mine
from impl.core.context import ScopedQuery
from impl.core.pages import Listing, Sort
from impl.db.query import Query
from impl.models import Department, Job, Office, Post, PostEdition
from impl.services.posts.queries import SHOWN

# A definer function: it finds the organization of a public address, and nothing else.
ORGANIZATION = Query(text("SELECT * FROM find_public_organization(CAST(:slug AS text))"))

COLUMNS = [
    Post.id,
    Post.job_id,
    PostEdition.id.label("edition_id"),
    Post.slug,
    Post.published_at,
    Post.updated_at,
    PostEdition.title,
    PostEdition.description,
    PostEdition.location,
    PostEdition.employment_type,
    PostEdition.workplace,
    PostEdition.is_salary_shown,
    PostEdition.language,
    PostEdition.questions,
    Job.salary,
    Department.name.label("department"),
    Office.name.label("office"),
]


def _published(visibility: Visibility) -> Select[Any]:
    tenant = Post.organization_id
    return (
        mine(Post, visibility, *COLUMNS)
        .join(PostEdition, SHOWN)
        .join(Job, (Job.organization_id == tenant) & (Job.id == Post.job_id))
        .outerjoin(Department, (Department.organization_id == tenant) & (Department.id == Job.department_id))
        .outerjoin(Office, (Office.organization_id == tenant) & (Office.id == Job.office_id))
        .where(Post.status == PostStatus.PUBLISHED, Job.status == JobStatus.OPEN)
    )


def _holds(column: Any) -> ColumnElement[bool]:
    return func.strpos(func.lower(column), func.lower(bindparam("q", type_=Text))) > 0


NEWEST = Sort((Post.published_at, Post.id), is_descending=True)

ONE_POST = ScopedQuery(lambda visibility: _published(visibility).where(Post.slug == bindparam("slug")))

POSTS = Listing(
    select=_published,
    filters={
        "department": lambda: Department.name == bindparam("department"),
        "office": lambda: Office.name == bindparam("office"),
        "workplace": lambda: PostEdition.workplace == any_(bindparam("workplace", type_=ARRAY(Text))),
        "q": lambda: _holds(PostEdition.title) | _holds(func.coalesce(PostEdition.location, "")),
    },
    sorts={"newest": NEWEST},
)
