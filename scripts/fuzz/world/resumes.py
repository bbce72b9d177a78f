"""What is planted as read out of a resume."""

from typing import Any, Final

from impl.resumes.understood import Understood

_PHONE: Final = "+4930901820"


def read_of(name: str) -> Understood:
    """A short resume under this name."""
    text = "\n".join([name, _PHONE, "Baker, Northwind Bakery", "Sourdough"])
    values = {
        "/basics/name": name,
        "/basics/phones/0": _PHONE,
        "/work/0/position": "Baker",
        "/work/0/name": "Northwind Bakery",
        "/skills/0/name": "Sourdough",
    }
    profile: dict[str, Any] = {
        "basics": {"name": name, "emails": [], "phones": [_PHONE], "profiles": []},
        "work": [{"position": "Baker", "name": "Northwind Bakery"}],
        "education": [],
        "skills": [{"name": "Sourdough"}],
        "languages": [],
    }
    places = {
        pointer: {"start": text.index(value), "end": text.index(value) + len(value)}
        for pointer, value in values.items()
    }
    return Understood(
        text=text,
        order="plain",
        language="en",
        media_type="text/plain",
        pages=None,
        flags=(),
        hidden=(),
        instructions=(),
        profile=profile,
        evidence={pointer: {"confidence": 0.9, "spans": [span]} for pointer, span in places.items()},
    )
