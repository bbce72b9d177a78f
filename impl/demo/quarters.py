"""When the demo looks back: near the end of the last quarter that is over."""

from datetime import datetime, timedelta
from typing import Final

from impl.models.demographics import Quarter

BEFORE_THE_END: Final = timedelta(hours=30)


def moment(until: datetime) -> datetime:
    """When it happens in a demo that tells of everything before `until`."""
    return Quarter.last_before(until).ends_at - BEFORE_THE_END
