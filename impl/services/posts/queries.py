"""What the reads of posts select."""

from typing import Any

from sqlalchemy import ARRAY, Select, Text, and_, any_, bindparam

from generated.enums import Visibility
from impl.core.access import mine
from impl.core.context import ScopedQuery
from impl.core.pages import Listing, Sort
from impl.models import Post, PostEdition
from impl.models.post import CONTENT

OWN = [
    getattr(Post, name)
    for name in [
        "id",
        "job_id",
        "slug",
        "status",
        "edition",
        "published_at",
        "unpublished_at",
        "created_at",
        "updated_at",
        "version",
    ]
]
# The edition that a post shows.
SHOWN = and_(
    PostEdition.organization_id == Post.organization_id,
    PostEdition.post_id == Post.id,
    PostEdition.number == Post.edition,
)


def _posts(visibility: Visibility) -> Select[Any]:
    content = [getattr(PostEdition, name) for name in CONTENT]
    return mine(Post, visibility, *OWN, *content).join(PostEdition, SHOWN)


ONE_POST = ScopedQuery(lambda visibility: _posts(visibility).where(Post.id == bindparam("id")))

POSTS = Listing(
    select=_posts,
    filters={
        "status": lambda: Post.status == any_(bindparam("status", type_=ARRAY(Text))),
        "job_id": lambda: Post.job_id == bindparam("job_id"),
        "created_after": lambda: Post.created_at > bindparam("created_after"),
        "updated_after": lambda: Post.updated_at > bindparam("updated_after"),
    },
    sorts={"-created_at": Sort((Post.id,), is_descending=True), "created_at": Sort((Post.id,))},
)

# Slugs that begin like one: what a new slug is numbered against.
SLUGS = ScopedQuery(
    lambda visibility: mine(Post, Visibility.ORGANIZATION, Post.slug).where(
        Post.slug.like(bindparam("pattern", type_=Text))
    )
)
