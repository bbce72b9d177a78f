"""What people note down about candidates in the demo organization, as they go through the stages."""

from collections.abc import Iterator
from itertools import cycle

from generated.enums import NoteVisibility

WORDS = (
    ("Knew our instruments already; asked good questions about calibration.", NoteVisibility.PUBLIC),
    ("Strong on the practical part, needs time to warm up in conversation.", NoteVisibility.PUBLIC),
    ("Notice period of three months, could start earlier if asked for.", NoteVisibility.PUBLIC),
    ("Remind me to send the reading list before the next talk.", NoteVisibility.PRIVATE),
    ("The references are good; both would hire again at once.", NoteVisibility.PUBLIC),
    ("Expects the upper end of the range. To be settled before an offer.", NoteVisibility.ADMIN_ONLY),
)


def remarks() -> Iterator[tuple[str, NoteVisibility] | None]:
    """For one move after the other, what is noted down; nothing at two of three."""
    for text, visibility in cycle(WORDS):
        yield text, visibility
        yield None
        yield None
