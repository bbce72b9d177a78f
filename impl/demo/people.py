"""The candidates of the demo: two hundred people who do not exist, the same ones every time."""

import random
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from generated import requests
from generated.enums import ContactKind, LinkKind

if TYPE_CHECKING:
    from faker import Faker

# Locale, country, how many of a hundred.
LOCALES = (
    ("de_DE", "DE", 26),
    ("en_US", "US", 20),
    ("pt_PT", "PT", 14),
    ("en_GB", "GB", 10),
    ("fr_FR", "FR", 8),
    ("es_ES", "ES", 8),
    ("pl_PL", "PL", 6),
    ("sv_SE", "SE", 4),
    ("ja_JP", "JP", 4),
)
# All providers of all locales would take seconds to load.
PROVIDERS = ["faker.providers.person", "faker.providers.address"]
# Numbers 555-0100 to 555-0199 belong to nobody in any area.
AREAS = (212, 312, 415, 617)
TOPICS = (
    "medical devices",
    "payments",
    "logistics",
    "measurement",
    "public services",
    "retail",
    "energy",
    "education",
    "optics",
    "travel",
)


class Crowd:
    """Makes one candidate after the other."""

    def __init__(self, seed: int) -> None:
        from faker import Faker  # noqa: PLC0415 - half a second, which only making the demo should take

        self._random = random.Random(seed)  # noqa: S311  # repeatable on purpose, and no secret
        self._fakers = {locale: Faker(locale, PROVIDERS) for locale, _, _ in LOCALES}
        for place, faker in enumerate(self._fakers.values()):
            faker.seed_instance(seed + place)
        self._count = 0

    def next_one(self, crafts: Sequence[str]) -> requests.CandidateProfileCreate:
        """Somebody of one of these crafts."""
        self._count += 1
        chance = self._random
        locale, country, _ = chance.choices(LOCALES, [weight for _, _, weight in LOCALES])[0]
        faker = self._fakers[locale]
        given, family = faker.first_name(), faker.last_name()
        mailbox = _mailbox(given, family, self._count)
        return requests.CandidateProfileCreate(
            given_name=given,
            family_name=family,
            full_name=f"{family} {given}" if country == "JP" else f"{given} {family}",
            headline=_headline(chance, crafts),
            emails=[requests.CandidateEmail(address=f"{mailbox}@example.org", kind=ContactKind.PERSONAL)],
            phones=[requests.CandidatePhone(number=self._phone(), kind=ContactKind.PERSONAL)],
            addresses=[_address(faker, country)] if chance.random() < 0.7 else [],
            links=_links(chance, mailbox),
        )

    def _phone(self) -> str:
        area, line = divmod(self._count - 1, 100)
        return f"+1 ({AREAS[area % len(AREAS)]}) 555-01{line:02d}"


def _headline(chance: random.Random, crafts: Sequence[str]) -> str:
    years = min(chance.randint(1, 12), chance.randint(1, 25))
    return f"{chance.choice(crafts)}, {years} year{'s' if years > 1 else ''} in {chance.choice(TOPICS)}"


def _address(faker: "Faker", country: str) -> requests.CandidateAddress:
    return requests.CandidateAddress(
        street=faker.street_address(),
        postal_code=faker.postcode(),
        city=faker.city(),
        region=None,
        country_code=country,
        kind=ContactKind.PERSONAL,
    )


def _links(chance: random.Random, mailbox: str) -> list[requests.CandidateLink]:
    offered = (
        (LinkKind.PORTFOLIO, f"https://people.example.org/{mailbox}", 0.35),
        (LinkKind.GITHUB, f"https://code.example.org/{mailbox}", 0.25),
    )
    return [requests.CandidateLink(url=url, kind=kind) for kind, url, share in offered if chance.random() < share]


def _mailbox(given: str, family: str, number: int) -> str:
    """The name in plain letters, with a number that makes it unique."""
    plain = unicodedata.normalize("NFKD", f"{given}.{family}".lower()).encode("ascii", "ignore").decode()
    letters = "".join(letter for letter in plain if letter.isalnum() or letter == ".").strip(".")
    return f"{letters or 'candidate'}.{number}"
