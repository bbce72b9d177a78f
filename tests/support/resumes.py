"""What a resume says, without one: as the parser gives it, made in no time."""

from typing import Any

from impl.resumes.understood import Understood

EMAIL = "mira.okafor@example.org"
PHONE = "+49 30 901820"
LINK = "linkedin.com/in/mira-okafor"
PLACE = "10115 Berlin, Germany"


def understood(name: str = "Mira Okafor", **more: Any) -> Understood:
    """A resume with something of each kind in it; `more` replaces parts of the result."""
    lines = [
        name,
        "Baker of bread",
        EMAIL,
        PHONE,
        LINK,
        PLACE,
        "Experience",
        "Baker, Northwind Bakery, April 2019 - today",
    ]
    lines += [
        "Education",
        "Master craftsman, Bakers' College, 2014 - 2016",
        "Skills",
        "Sourdough",
        "Languages",
        "German",
    ]
    text = "\n".join(lines)

    def says(source: str, confidence: float = 0.9) -> dict[str, Any]:
        start = text.rindex(source)
        span = {"start": start, "end": start + len(source), "text": source}
        return {"confidence": confidence, "spans": [span]}

    values: dict[str, Any] = {
        "text": text,
        "order": "plain",
        "language": "en",
        "media_type": "application/pdf",
        "pages": 1,
        "flags": (),
        "hidden": (),
        "instructions": (),
        "profile": {
            "basics": {
                "name": name,
                "label": "Baker of bread",
                "location": {"address": PLACE},
                "email": EMAIL,
                "phone": "+4930901820",
                "emails": [EMAIL],
                "phones": ["+4930901820"],
                "profiles": [{"network": "linkedin", "url": LINK, "username": "mira-okafor"}],
            },
            "work": [{"position": "Baker", "name": "Northwind Bakery", "startDate": "2019-04", "endDate": None}],
            "education": [
                {
                    "studyType": "Master craftsman",
                    "institution": "Bakers' College",
                    "startDate": "2014",
                    "endDate": "2016",
                }
            ],
            "skills": [{"name": "Sourdough"}],
            "languages": [{"language": "German", "code": "de"}],
        },
        "evidence": {
            "/basics/name": says(name),
            "/basics/label": says("Baker of bread"),
            "/basics/location/address": says(PLACE),
            "/basics/emails/0": says(EMAIL, 0.97),
            "/basics/phones/0": says(PHONE),
            "/basics/profiles/0/url": says(LINK),
            "/work/0/position": says("Baker, N") | {"confidence": 0.8},
            "/work/0/name": says("Northwind Bakery"),
            "/work/0/startDate": says("April 2019", 0.95),
            "/work/0/endDate": says("today"),
            "/education/0/studyType": says("Master craftsman"),
            "/education/0/institution": says("Bakers' College"),
            "/education/0/startDate": says("2014"),
            "/education/0/endDate": says("2016"),
            "/skills/0/name": says("Sourdough"),
            "/languages/0/language": says("German"),
            "/languages/0/code": says("German"),
        },
    }
    return Understood(**values | more)
