"""What the operations of interviews are tested with."""

from datetime import timedelta
from typing import Any

from impl.lib import clock
from tests.services.habits import instant
from tests.support.factories import V1, Data

INTERVIEWS = f"{V1}/interviews"


def interview_path(interview: Data, rest: str = "") -> str:
    """`/api/v1/interviews/{id}` and what follows it."""
    return f"{INTERVIEWS}/{interview['id']}{rest}"


def below(application: Data) -> str:
    """Where interviews of an application are made."""
    return f"{V1}/applications/{application['id']}/interviews"


def times(starts_in: timedelta, length: timedelta = timedelta(hours=1)) -> Data:
    """When it starts and ends."""
    starts_at = clock.now() + starts_in
    return {"starts_at": instant(starts_at), "ends_at": instant(starts_at + length)}


def body(*interviewers: Any, **fields: Any) -> Data:
    """A new interview the day after tomorrow, held by users of these ids."""
    plain = {
        "kind": "video",
        "title": "Talk",
        **times(timedelta(days=2)),
        "interviewer_ids": list(map(str, interviewers)),
    }
    return plain | fields
