"""The rules of one post, without a database."""

import pytest

from generated.enums import JobStatus, PostStatus
from impl import models
from impl.lib import ids
from impl.lib.clock import Hands
from impl.models.job import JobNotOpen
from impl.models.post import PostTransitionRefused


def post(status: PostStatus) -> models.Post:
    return models.Post(id=ids.new_id(), status=status)


@pytest.mark.parametrize("before", [PostStatus.DRAFT, PostStatus.UNPUBLISHED])
def test_publishes_while_the_job_is_open(before: PostStatus, hands: Hands) -> None:
    row = post(before)
    row.publish(models.Job(status=JobStatus.OPEN))
    assert (row.status, row.published_at, row.unpublished_at) == (PostStatus.PUBLISHED, hands(), None)


@pytest.mark.parametrize("status", [JobStatus.DRAFT, JobStatus.CLOSED])
def test_is_not_published_otherwise(status: JobStatus) -> None:
    row = post(PostStatus.DRAFT)
    with pytest.raises(JobNotOpen):
        row.publish(models.Job(status=status))
    assert (row.status, row.published_at) == (PostStatus.DRAFT, None)


@pytest.mark.parametrize("command", ["unpublish_post", "close_job", "hire_application"])
def test_leaves_the_public_side(command: str, hands: Hands) -> None:
    row = post(PostStatus.PUBLISHED)
    row.unpublish(command)
    assert (row.status, row.unpublished_at) == (PostStatus.UNPUBLISHED, hands())
    with pytest.raises(PostTransitionRefused):
        row.unpublish(command)
