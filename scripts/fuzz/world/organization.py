"""Who is in an organization and what it is set to: users, keys, sign-ins, lists, fields, policies, tasks."""

from collections.abc import Callable, Iterator

import msgspec

from generated.enums import (
    CustomFieldTarget,
    CustomFieldType,
    RejectionReasonKind,
    RetentionAction,
    RetentionOutcome,
    SourceKind,
    TaskStatus,
    UserRole,
)
from generated.operations import SCOPES
from impl import models
from impl.lib import clock, normalize, tokens
from impl.models.base import Base
from impl.models.custom_field import CHOICES
from scripts.fuzz import fields
from scripts.fuzz.world.numbers import (
    ALICE,
    CREDENTIALS,
    FAR_AWAY,
    NUMBERS,
    OWN_KEY,
    SIGNED_IN,
    SPARES,
    WITHDRAWN,
    credential,
    interviewer_token,
    session_tokens,
)
from scripts.fuzz.world.rows import Rows


class Organization(Rows):
    """Who is in an organization and what it is set to: users, keys, sign-ins, lists, fields, policies, tasks."""

    def users(self, sign_in: Callable[[str], bytes], password_hash: str) -> Iterator[Base]:
        """The administrators of the examples and of the sign-outs, and people of lesser roles."""
        people = [(0x02, "ada", UserRole.ADMIN), (SIGNED_IN, "olu", UserRole.ADMIN)]
        people += [(number, f"hedy{number:x}", UserRole.HIRING_MANAGER) for number in self._numbers("user")]
        for number, name, role in people:
            address = f"{name}@{self._tenant.domain}"
            document = msgspec.json.encode({"email": address, "name": self._name(name.title(), number)})
            yield models.User(
                **self._of(number),
                profile_sealed=self._keys.seal("users", "profile", self._tenant.id(number), document),
                email_hash=self._keys.blind_index("users.email", normalize.email(address)),
                sign_in_hash=sign_in(normalize.email(address)),
                password_hash=password_hash,
                role=role,
            )

    def api_keys(self) -> Iterator[Base]:
        """The key that the fuzzer uses, and keys that nobody knows the secret of."""
        own = tokens.parse(credential(self._tenant.name))
        if own is None:
            raise ValueError(f"{CREDENTIALS} holds something that is not an API key")
        secret_hash = tokens.secret_hash(own.secret)
        keys = [(OWN_KEY, own.public_id, secret_hash)]
        keys += [(number, f"{self._tenant.name}{number:x}", bytes(32)) for number in self._numbers("api_key")]
        for number, public_id, hashed in keys:
            scopes = sorted(SCOPES)
            name = self._name("Key", number)
            yield models.ApiKey(**self._of(number), name=name, public_id=public_id, secret_hash=hashed, scopes=scopes)

    def sessions(self) -> Iterator[Base]:
        """Sign-ins, each good for one sign-out, and the interviewer's."""
        for number, token in enumerate([*session_tokens(), interviewer_token()]):
            parsed = tokens.parse(token)
            if parsed is None:
                raise ValueError("a session token is not well-formed")
            yield models.Session(
                **self._of(0x10000 + number),
                public_id=parsed.public_id,
                secret_hash=tokens.secret_hash(parsed.secret),
                user_id=self._tenant.id(SIGNED_IN),
                expires_at=clock.now() + FAR_AWAY,
            )

    def lists(self) -> Iterator[Base]:
        """Departments, offices, reasons of both kinds, sources, tags."""
        for number in self._numbers("department", "quiet_department", "strict_department"):
            yield models.Department(**self._of(number), name=self._name("Department", number))
        for number in self._numbers("office"):
            yield models.Office(**self._of(number), name=self._name("Office", number))
        for number in (*self._numbers("rejection_reason", "why_rejected", "why_withdrawn"), 0x23):
            kind = RejectionReasonKind.REJECTED_BY_ORGANIZATION if number % 2 == 0 else WITHDRAWN
            yield models.RejectionReason(**self._of(number), name=self._name("Reason", number), kind=kind)
        for number in self._numbers("source"):
            yield models.Source(**self._of(number), name=self._name("Source", number), kind=SourceKind.REFERRAL)
        for number in self._numbers("tag", "steady_tag"):
            yield models.Tag(**self._of(number), name=self._name("Tag", number))

    def custom_fields(self) -> Iterator[Base]:
        """The fields that values are sent for, the same of each resource, and choices that are changed."""
        number = 0x1290
        options = [{"key": option, "name": option, "is_archived": False} for option in fields.OPTIONS]
        for target in CustomFieldTarget:
            for key, kind in (fields.FIELDS | fields.PRIVATE).items():
                is_example = (target, key) == (CustomFieldTarget.CANDIDATE, "notice_period_weeks")
                number += 1
                yield models.CustomField(
                    **self._of(NUMBERS["custom_field"] if is_example else number),
                    key=key,
                    name=self._name("Field", number),
                    applies_to=target,
                    type=kind,
                    options=options if kind in CHOICES else [],
                    is_private=key in fields.PRIVATE,
                )
        for spare in SPARES["custom_field"] if self._tenant is ALICE else ():
            yield models.CustomField(
                **self._of(spare),
                key=f"spare_{spare:x}",
                name=self._name("Field", spare),
                applies_to=CustomFieldTarget.JOB,
                type=CustomFieldType.SINGLE_SELECT,
                options=options,
            )

    def retention_policies(self) -> Iterator[Base]:
        """One for each outcome, by which nobody is due."""
        for number, outcome in enumerate(RetentionOutcome, 0xF80):
            yield models.RetentionPolicy(
                **self._of(number), outcome=outcome, after_days=7300, action=RetentionAction.ANONYMIZE
            )

    def tasks(self) -> Iterator[Base]:
        """What waits, and what has failed for good."""
        for number in self._numbers("task", "failed_task"):
            has_failed = number in SPARES["failed_task"] or number == NUMBERS["task"]
            yield models.Task(
                **self._of(number),
                name=f"chore_{self._tenant.name}",
                status=TaskStatus.FAILED if has_failed else TaskStatus.QUEUED,
                attempts_max=8,
                request_id=f"{number:x}",
            )
