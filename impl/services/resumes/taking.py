"""What goes from a resume's profile into a candidate's: the fields that somebody names, in the form that a candidate has them."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from generated.enums import ContactKind, LinkKind
from impl.core.problems import ValidationFailed
from impl.core.validation import errors_of
from impl.lib.problems import FieldError
from impl.models.resume import PointerUnknown
from impl.services.duplicates.united import MOST, mark
from impl.services.resumes.correcting import text_at

_POSTAL: Final = re.compile(r"(?P<code>[0-9][0-9A-Z -]{2,8}[0-9A-Z])\s+(?P<city>[^\d].*)")
_NUMBER: Final = "(?:0|[1-9][0-9]{0,3})"
_LINK_KINDS: Final = {"linkedin.com": LinkKind.LINKEDIN, "github.com": LinkKind.GITHUB}


def taken_over(candidate: Mapping[str, Any], document: Any, pointers: Sequence[str]) -> dict[str, Any]:
    """The candidate's profile with these fields of a resume. Raises PointerUnknown or ValidationFailed, with the places in the
    body."""
    _expect_known(document, pointers)
    after, wrong = dict(candidate), []
    for index, pointer in enumerate(pointers):
        name, make, schema = _target(pointer)
        value = make(text_at(document, pointer) or "")
        wrong += [FieldError(f"/take_over/{index}", each.code, each.message) for each in _errors(schema, name, value)]
        if name not in MOST:
            after[name] = value
        elif mark(name, value) not in {mark(name, each) for each in after[name]}:
            after[name] = [*after[name], value]
            if len(after[name]) > MOST[name]:
                message = f"A candidate has at most {MOST[name]} {name}."
                wrong.append(FieldError(f"/take_over/{index}", "maxItems", message))
    if wrong:
        raise ValidationFailed(f"{len(wrong)} field(s) do not fit into the candidate's profile.", errors=wrong)
    return after


def _expect_known(document: Any, pointers: Sequence[str]) -> None:
    message = "Name a field that the profile has and a candidate takes."
    unknown = [
        FieldError(f"/take_over/{index}", PointerUnknown.code, message)
        for index, pointer in enumerate(pointers)
        if not any(re.fullmatch(pattern, pointer) for pattern in _TARGETS) or text_at(document, pointer) is None
    ]
    if unknown:
        raise PointerUnknown("Name fields that the parse has.", errors=unknown)


def _errors(schema: str | None, name: str, value: Any) -> list[FieldError]:
    """What is wrong with a value of a candidate's profile, as the contract has it."""
    return errors_of("CandidateProfileUpdate", {name: value}) if schema is None else errors_of(schema, value)


def _email(text: str) -> dict[str, Any]:
    return {"address": text, "kind": ContactKind.PERSONAL.value}


def _phone(text: str) -> dict[str, Any]:
    return {"number": text, "kind": ContactKind.PERSONAL.value}


def _link(text: str) -> dict[str, Any]:
    url = text if re.match("https?://", text, re.IGNORECASE) else f"https://{text}"
    host = url.partition("://")[2].partition("/")[0].casefold()
    kind = next((kind for known, kind in _LINK_KINDS.items() if f".{host}".endswith(f".{known}")), LinkKind.OTHER)
    return {"url": url, "kind": kind.value}


def _address(text: str) -> dict[str, Any]:
    """A place as it is written on one line: the city with its postal code, then the part of the country, then the country."""
    # The parser of resumes costs every start 60 ms; a process that serves needs its lists when somebody accepts a profile.
    from impl.resumes.parsing.lexicon import countries  # noqa: PLC0415

    first, *more = [part.strip() for part in text.split(",") if part.strip()] or [""]
    country = countries().get(more[-1].casefold()) if more else None
    region = ", ".join(more[:-1] if country else more)
    found = _POSTAL.fullmatch(first)
    return {
        "street": None,
        "postal_code": found["code"] if found else None,
        "city": (found["city"] if found else first) or None,
        "region": region or None,
        "country_code": country,
        "kind": ContactKind.PERSONAL.value,
    }


def _plain(text: str) -> str:
    return text


Target = tuple[str, Callable[[str], Any], str | None]
#: Where each field goes, in which form, and the schema that says what fits there.
_TARGETS: Final[dict[str, Target]] = {
    "/basics/name": ("full_name", _plain, None),
    "/basics/label": ("headline", _plain, None),
    f"/basics/emails/{_NUMBER}": ("emails", _email, "CandidateEmail"),
    f"/basics/phones/{_NUMBER}": ("phones", _phone, "CandidatePhone"),
    f"/basics/profiles/{_NUMBER}/url": ("links", _link, "CandidateLink"),
    "/basics/location/address": ("addresses", _address, "CandidateAddress"),
}


def _target(pointer: str) -> Target:
    return next(target for pattern, target in _TARGETS.items() if re.fullmatch(pattern, pointer))
