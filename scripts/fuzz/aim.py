"""Makes valid requests meaningful: what a schema cannot say is filled in, most of the time, so that they reach the rules behind it.

A generated UUID names nothing, a generated cursor comes from no list, a generated time zone does not exist. Left as they are,
valid requests would nearly all end as 404 or 422 and prove little. `Aim` replaces such values in the requests that fit the
schema; a fixed share is left as generated, another names the neighbour's rows. Which is which is decided by a hash of the
request itself, so that the same request always meets the same fate.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, MutableMapping, MutableSequence
from datetime import datetime, timedelta
from typing import Any, Final

from impl.lib import tokens
from scripts.fuzz import world

UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LINK: Final = re.compile(r'"token":"([A-Za-z0-9_-]{96})"')
CURSOR: Final = re.compile(r'"next_cursor":"([A-Za-z0-9_-]+)"')
#: Of 256: how many requests name the neighbour's row, and how many keep the value that was generated.
FOREIGN, KEPT = 10, 32
#: The field names whose kind is not their name without `_id`.
KINDS: Final = {
    "job_ids": "job",
    # Nothing archives these.
    "tag_ids": "steady_tag",
    "copy_from": "job",
    "to_job_id": "job",
    "to_stage_id": "stage",
    "reason_id": "rejection_reason",
    "application_ids": "application",
    "resource_id": "application",
    "template_id": "message_template",
    "policy_id": "approval_policy",
    "interviewer_id": "staff",
    "interviewer_ids": "staff",
    "approver_ids": "staff",
    "duplicate_id": "candidate",
}
#: The kind of row that a field of one operation takes, where it is not just any row of the field's kind.
WANTED: Final = {
    ("create_application", "candidate_id"): "steady_candidate",
    ("create_application", "job_id"): "steady_job",
    ("create_job_opening", "job_id"): "workbench",
    ("move_application", "to_job_id"): "steady_job",
    ("reject_application", "reason_id"): "why_rejected",
    ("close_job", "reason_id"): "why_rejected",
    ("bulk_applications", "reason_id"): "why_rejected",
    ("withdraw_application", "reason_id"): "why_withdrawn",
    ("open_job", "job_id"): "draft_job",
    ("close_job", "job_id"): "open_job",
    ("reopen_application", "application_id"): "ended_application",
    ("create_post", "job_id"): "steady_job",
    ("publish_post", "post_id"): "draft_post",
    ("unpublish_post", "post_id"): "published_post",
    ("restore_candidate", "candidate_id"): "quarantined_candidate",
    ("add_candidate_tag", "tag_id"): "steady_tag",
    ("create_candidate_consent", "candidate_id"): "steady_candidate",
    ("add_candidate_tag", "candidate_id"): "steady_candidate",
    ("remove_candidate_tag", "candidate_id"): "steady_candidate",
    ("merge_candidates", "candidate_id"): "steady_candidate",
    ("merge_candidates", "duplicate_id"): "mergeable_candidate",
    ("anonymize_candidate", "candidate_id"): "forgettable_candidate",
    ("erase_candidate", "candidate_id"): "forgettable_candidate",
    ("place_legal_hold", "candidate_id"): "steady_candidate",
    ("list_legal_holds", "candidate_id"): "steady_candidate",
    ("unmerge_candidate", "candidate_id"): "merged_candidate",
    ("retry_task", "task_id"): "failed_task",
    ("get_user_busy_times", "user_id"): "staff",
    ("upload_attachment", "candidate_id"): "steady_candidate",
    ("list_attachments", "candidate_id"): "steady_candidate",
    ("list_resume_parses", "candidate_id"): "steady_candidate",
    ("create_resume_parse", "attachment_id"): "read_attachment",
    ("release_intake", "intake_id"): "quarantined_intake",
    ("discard_intake", "intake_id"): "quarantined_intake",
    ("reprocess_intake", "intake_id"): "rejected_intake",
    ("create_interview", "application_id"): "steady_application",
    ("cancel_interview", "interview_id"): "scheduled_interview",
    ("complete_interview", "interview_id"): "scheduled_interview",
    ("mark_interview_no_show", "interview_id"): "scheduled_interview",
    ("submit_scorecard", "scorecard_id"): "draft_scorecard",
    ("create_screening_run", "job_id"): "screened_job",
    ("create_approval_policy", "department_id"): "quiet_department",
    ("update_approval_policy", "department_id"): "quiet_department",
    ("update_approval_policy", "policy_id"): "approval_policy",
    ("request_job_approval", "job_id"): "governed_job",
    ("decide_approval", "approval_id"): "pending_approval",
    ("cancel_approval", "approval_id"): "pending_approval",
    ("create_offer", "application_id"): "unoffered_application",
    ("submit_offer", "offer_id"): "draft_offer",
    ("withdraw_offer", "offer_id"): "draft_offer",
    ("send_offer", "offer_id"): "approved_offer",
    ("revise_offer", "offer_id"): "approved_offer",
    ("respond_to_offer", "offer_id"): "sent_offer",
    ("respond_to_offer", "reason_id"): "why_withdrawn",
}
#: Fields that one row alone would fit, and that are mostly left out for that.
FITTED: Final = {("hire_application", "offer_id"), ("create_offer", "opening_id"), ("update_offer", "opening_id")}
#: The fields that name a stage beside the one that names its job.
PAIRED: Final = {"job_id": "stage_id", "to_job_id": "to_stage_id"}
Container = MutableMapping[str, Any] | MutableSequence[Any]


class Aim:
    """Remembers what the service has answered, and knows what is planted."""

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._cursors: set[str] = set()
        self._names: set[tuple[str, str]] = set()
        self._links: list[str] = []

    def learn(self, text: str) -> None:
        """Ids and cursors of an answer may be sent as they are."""
        self._ids.update(UUID.findall(text))
        self._cursors.update(CURSOR.findall(text))
        self._links += LINK.findall(text)

    def take(self, operation_id: str, containers: Iterator[Any], salt: bytes, *, is_linked: bool) -> None:
        """Replace, in place, what would only be refused. A request that follows a link means the very row it names; any other
        one that needs a row of a certain state gets one, also when it names a row that some answer has named."""
        for container in containers:
            for place, name, value in list(_leaves(container)):
                chance = hashlib.sha256(salt + name.encode() + repr(value).encode("utf-8", "replace")).digest()
                is_meant = value in self._ids and (is_linked or (operation_id, name) not in WANTED)
                self._replace(operation_id, place, name, value, chance, is_meant=is_meant)

    @staticmethod
    def pair(job_id: Any, body: Any) -> None:
        """Let the stages in `body` be those of the planted job that it, or the path, names."""
        if not isinstance(body, MutableMapping):
            return
        for job, stage in PAIRED.items():
            number = _number(body.get(job))
            if number is not None and stage in body:
                body[stage] = str(world.ALICE.id(world.stage_of(number, 1)))
        number, stages = _number(job_id), body.get("stages")
        if number is not None and isinstance(stages, MutableSequence):
            for position, stage in enumerate(stages, 1):
                if isinstance(stage, MutableMapping) and "id" in stage:
                    stage["id"] = str(world.ALICE.id(world.stage_of(number, min(position, len(world.PIPELINE)))))

    @staticmethod
    def answer(body: Any) -> None:
        """Let the answers of a form be one, to the question that the planted posts ask."""
        answers = body.get("answers") if isinstance(body, MutableMapping) else None
        if isinstance(answers, list) and answers and isinstance(answers[0], MutableMapping):
            body["answers"] = [{"key": world.QUESTION["key"], "values": list(answers[0].get("values", []))[:1]}]

    def _replace(
        self, operation_id: str, place: Container, name: str, value: Any, chance: bytes, *, is_meant: bool
    ) -> None:
        key: Any = name
        if (operation_id, name) in FITTED and chance[1] >= KEPT and isinstance(place, MutableMapping):
            place.pop(name)
            return
        if isinstance(place, MutableSequence):
            key = place.index(value)
        if isinstance(value, str) and UUID.fullmatch(value):
            place[key] = self._id(_kind(operation_id, name), value, chance, is_meant=is_meant)
        elif chance[1] >= KEPT and name in _MEANINGS:
            _MEANINGS[name](self, operation_id, place, value, chance)

    def _id(self, kind: str, value: str, chance: bytes, *, is_meant: bool) -> str:
        is_planted = value.startswith(world.ALICE.prefix)
        if kind not in world.SPARES or (is_meant and not is_planted):
            return value
        if chance[0] < FOREIGN and kind in world.NUMBERS:
            return str(world.BOB.id(world.NUMBERS[kind]))
        if chance[0] < FOREIGN + KEPT and not is_planted:
            return value
        spares = world.SPARES[kind]
        return str(world.ALICE.id(spares[int.from_bytes(chance[2:6]) % len(spares)]))

    def _cursor(self, operation_id: str, place: Container, value: Any, chance: bytes) -> None:
        if value not in self._cursors and isinstance(place, MutableMapping):
            place.pop("cursor" if "cursor" in place else "after")

    def _name(self, operation_id: str, place: Container, value: Any, chance: bytes) -> None:
        """A name may be taken only once; the first time it is sent as generated."""
        if not operation_id.startswith(("create_", "update_")) or not isinstance(value, str):
            return
        if (operation_id, value) in self._names and isinstance(place, MutableMapping):
            field = next(name for name in ("name", "email", "external_id", "slug") if place.get(name) == value)
            place[field] = chance.hex()[:12] + ("@example.org" if field == "email" else "")
        self._names.add((operation_id, value))

    def _key(self, operation_id: str, place: Container, value: Any, chance: bytes) -> None:
        """As a name, but of the letters that a key takes."""
        if operation_id != "create_custom_field" or not isinstance(place, MutableMapping) or "applies_to" not in place:
            return
        if (operation_id, value) in self._names:
            place["key"] = f"field_{chance.hex()[:12]}"
        self._names.add((operation_id, str(value)))

    def _org(self, operation_id: str, place: Container, value: Any, chance: bytes) -> None:
        if isinstance(place, MutableMapping):
            place["org"] = world.ALICE.slug

    def _slug(self, operation_id: str, place: Container, value: Any, chance: bytes) -> None:
        """The post that a public path names; elsewhere a name like others."""
        if operation_id not in ("get_public_post", "create_public_application"):
            self._name(operation_id, place, value, chance)
        elif isinstance(place, MutableMapping):
            spares = world.SPARES["public_post"]
            place["slug"] = world.slug_of(spares[chance[2] % len(spares)])

    def _token(self, operation_id: str, place: Container, value: Any, chance: bytes) -> None:
        """The page of a candidate: one that was given, or a planted one."""
        if isinstance(place, MutableMapping) and (not isinstance(value, str) or tokens.parse(value) is None):
            spares = world.SPARES["tracked_intake"]
            place["token"] = world.tracking_token(spares[chance[2] % len(spares)])

    def _link_token(self, operation_id: str, place: Container, value: Any, chance: bytes) -> None:
        """A link that was given."""
        if value not in self._links and self._links and isinstance(place, MutableMapping):
            place["link_token"] = self._links[int.from_bytes(chance[2:4]) % len(self._links)]

    def _time_zone(self, operation_id: str, place: Container, value: Any, chance: bytes) -> None:
        if isinstance(place, MutableMapping) and value is not None:
            place["time_zone"] = "Europe/Berlin"

    def _expires_on(self, operation_id: str, place: Container, value: Any, chance: bytes) -> None:
        if isinstance(place, MutableMapping) and operation_id == "create_candidate_consent" and value is not None:
            place["expires_on"] = "2099-12-31"

    def _occurred_at(self, operation_id: str, place: Container, value: Any, chance: bytes) -> None:
        if isinstance(place, MutableMapping):
            place.pop("send_at", None)
            place.pop("occurred_at", None)
            place.pop("applied_at", None)
            place.pop("given_at", None)
            place.pop("responded_on", None)

    def _ends_at(self, operation_id: str, place: Container, value: Any, chance: bytes) -> None:
        """An hour after it starts."""
        if isinstance(place, MutableMapping):
            starts_at = datetime.fromisoformat(place["starts_at"])
            place["ends_at"] = f"{starts_at + timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}"


_MEANINGS: Final[dict[str, Callable[[Aim, str, Container, Any, bytes], None]]] = {
    "cursor": Aim._cursor,
    "after": Aim._cursor,
    "name": Aim._name,
    "key": Aim._key,
    "email": Aim._name,
    "external_id": Aim._name,
    "org": Aim._org,
    "slug": Aim._slug,
    "token": Aim._token,
    "link_token": Aim._link_token,
    "time_zone": Aim._time_zone,
    "occurred_at": Aim._occurred_at,
    "applied_at": Aim._occurred_at,
    "given_at": Aim._occurred_at,
    "expires_on": Aim._expires_on,
    "send_at": Aim._occurred_at,
    "ends_at": Aim._ends_at,
    "responded_on": Aim._occurred_at,
}


def _leaves(node: Any, name: str = "") -> Iterator[tuple[Container, str, Any]]:
    """Every scalar with its container and the name of the field that it, or the list around it, stands under."""
    if isinstance(node, MutableMapping):
        pairs = [(str(key), value) for key, value in node.items()]
    elif isinstance(node, MutableSequence):
        pairs = [(name, value) for value in node]
    else:
        return
    for key, value in pairs:
        if isinstance(value, MutableMapping | MutableSequence):
            yield from _leaves(value, key)
        else:
            yield node, key, value


def _kind(operation_id: str, name: str) -> str:
    if name == "parent_id":
        return operation_id.partition("_")[2].rstrip("s")
    if (operation_id, name) in WANTED:
        return WANTED[operation_id, name]
    return KINDS.get(name, name.removesuffix("_id"))


def _number(job_id: Any) -> int | None:
    """The number of a planted job; None for any other value."""
    return _JOBS.get(job_id) if isinstance(job_id, str) else None


_JOBS: Final = {
    str(world.ALICE.id(number)): number
    for number in (world.NUMBERS["job"], *world.SPARES["job"], *world.SPARES["steady_job"])
}
