"""Where in a profile the words of a query stand: plain text with ranges, found after the profile was opened."""

from collections.abc import Iterator

from generated import responses
from impl.lib.keyed_text import KeyedText

TEXT_MAX = 200
# So much of a long text comes before the first place.
LEAD = 60
RANGES_MAX = 100
HIGHLIGHTS_MAX = 100


def highlights(words: KeyedText, query: str, profile: responses.CandidateProfile) -> list[responses.Highlight]:
    """The fields that are searched and in which something was found."""
    found = []
    for pointer, text in _texts(profile):
        ranges = words.ranges(query, text)
        if ranges:
            found.append(_shown(pointer, text, ranges))
    return found[:HIGHLIGHTS_MAX]


def _texts(profile: responses.CandidateProfile) -> Iterator[tuple[str, str]]:
    """The searchable texts of a profile, as they are shown."""
    for name in ("full_name", "given_name", "family_name", "headline"):
        text = getattr(profile, name)
        if text:
            yield f"/profile/{name}", text
    for place, email in enumerate(profile.emails):
        yield f"/profile/emails/{place}/address", email.address.partition("@")[0]
    for place, address in enumerate(profile.addresses):
        for name in ("city", "region"):
            text = getattr(address, name)
            if text:
                yield f"/profile/addresses/{place}/{name}", text


def _shown(pointer: str, text: str, ranges: list[tuple[int, int]]) -> responses.Highlight:
    """The text, or the part of it around the first place."""
    start = 0 if len(text) <= TEXT_MAX else max(0, min(ranges[0][0] - LEAD, len(text) - TEXT_MAX))
    end = start + TEXT_MAX
    return responses.Highlight(
        pointer=pointer,
        text=text[start:end],
        ranges=[
            responses.HighlightRange(start=first - start, end=last - start)
            for first, last in ranges
            if start <= first and last <= end
        ][:RANGES_MAX],
    )
