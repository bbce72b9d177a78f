"""What the custom fields of the demo organization are set to, and what its candidates agree to."""

import random
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from generated.enums import ConsentPurpose, ConsentSource
from generated.requests import ConsentCreate, CustomFieldValue, Money
from impl.demo.organization import RECRUITERS

LANGUAGES = (("english", 90), ("german", 45), ("portuguese", 20))
PAY = range(48, 96, 4)
REFERRED = 8
COST_CENTRES = 4100
PRIORITIES = ("usual", "high", "usual", "low")

Values = dict[str, CustomFieldValue]


def of_candidate(chance: random.Random) -> Values:
    """Most say how soon they could come, all speak something."""
    spoken = [language for language, share in LANGUAGES if chance.random() * 100 < share]
    values: Values = {"languages": spoken or ["english"]}
    if chance.random() < 0.6:
        values["notice_period_weeks"] = chance.choice((0, 2, 4, 8, 12))
    return values


def private_of_candidate(chance: random.Random) -> Values:
    """A third have said what they expect."""
    if chance.random() > 0.35:
        return {}
    return {"expected_pay": Money(amount_minor=chance.choice(PAY) * 100_000, currency="EUR")}


def of_application(chance: random.Random, users: Mapping[str, UUID]) -> Values:
    """A few were brought by a recruiter."""
    return {"referred_by": str(users[chance.choice(RECRUITERS)])} if chance.random() * 100 < REFERRED else {}


def of_job(number: int) -> Values:
    """Every job has a cost centre and a priority."""
    return {"cost_centre": f"CC-{COST_CENTRES + number * 10}", "priority": PRIORITIES[number % len(PRIORITIES)]}


def consents(chance: random.Random, now: datetime) -> Iterator[ConsentCreate]:
    """Everybody agrees to the recruitment; a third want to be kept in mind, some of them for half a year only."""
    form, policy = ConsentSource.APPLICATION_FORM, f"{now:%Y}-01"
    yield ConsentCreate(purpose=ConsentPurpose.RECRUITMENT, policy_version=policy, source=form)
    if chance.random() < 0.35:
        days = chance.choice((90, 180, 730, 730))
        yield ConsentCreate(
            purpose=ConsentPurpose.TALENT_POOL,
            policy_version=policy,
            source=chance.choice((form, ConsentSource.EMAIL)),
            evidence="Ticked “keep me in mind”." if days > 180 else None,
            expires_on=(now + timedelta(days=days)).date(),
        )
