"""Candidates, and what is kept about them."""

import hashlib
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import msgspec

from generated.enums import (
    ActorType,
    AttachmentKind,
    CandidateStatus,
    ConsentPurpose,
    ConsentSource,
    NoteVisibility,
    ResumeParser,
    ResumeParseStatus,
)
from impl import models
from impl.lib import clock, normalize, tokens
from impl.lib.storage import Object
from impl.models.base import Base
from impl.services.candidates import profile
from impl.services.intakes import content
from impl.services.resumes import contents, parsing
from scripts.fuzz.world.numbers import (
    FAR_AWAY,
    NUMBERS,
    OWN_KEY,
    PUBLIC_POST,
    RESUME,
    SPARES,
    STANDS,
    WORKBENCH,
    tracking_token,
)
from scripts.fuzz.world.resumes import read_of
from scripts.fuzz.world.rows import Rows


class People(Rows):
    """Candidates, and what is kept about them."""

    def _candidates(self) -> list[int]:
        more = ("steady_candidate", "quarantined_candidate", "duplicate_candidate", "interviewee")
        return self._numbers("candidate", *more, "mergeable_candidate", "merged_candidate", "forgettable_candidate")

    def people(self) -> Iterator[Base]:
        """Candidates with sealed profiles."""
        text = profile.words_of(self._keys)
        for number in self._candidates():
            is_gone = number in SPARES["quarantined_candidate"]
            survivor = self._survivor(number)
            status = CandidateStatus.QUARANTINED if is_gone else CandidateStatus.ACTIVE
            document: dict[str, Any] = {name: [] for name in sorted(profile.LISTS)}
            document |= dict.fromkeys(("given_name", "family_name", "headline"))
            who = NUMBERS["candidate"] if number in SPARES["duplicate_candidate"] else number
            address = f"mira{who:x}@{self._tenant.domain}"
            document |= {"full_name": self._name("Mira", number), "emails": [{"address": address, "kind": "personal"}]}
            sealed = msgspec.json.encode(document)
            yield models.Candidate(
                **self._of(number),
                status=CandidateStatus.MERGED if survivor else status,
                merged_into_id=survivor,
                purge_at=clock.now() + FAR_AWAY if is_gone else None,
                profile_sealed=self._keys.seal("candidates", "profile", self._tenant.id(number), sealed),
                email_hashes=[self._keys.blind_index("candidates.email", normalize.email(address))],
                words=text.document([(document["full_name"], "A")]),
                source_id=self._tenant.id(NUMBERS["source"]),
            )

    def _survivor(self, number: int) -> UUID | None:
        """Into whom a candidate was merged."""
        pool = SPARES["steady_candidate"]
        return self._tenant.id(pool[number % len(pool)]) if number in SPARES["merged_candidate"] else None

    def merges(self) -> Iterator[Base]:
        """The ledger of those that are merged."""
        for number in self._numbers("candidate", "merged_candidate"):
            if survivor := self._survivor(number):
                pair = {"survivor_id": survivor, "duplicate_id": self._tenant.id(number)}
                yield models.CandidateMerge(**self._of(0x50000 + number), **pair)

    def legal_holds(self) -> Iterator[Base]:
        """Holds that stand, each to be released once."""
        for number in self._numbers("legal_hold"):
            reason = self._name("Claim", number).encode()
            yield models.LegalHold(
                **self._of(number),
                candidate_id=self._tenant.id(NUMBERS["candidate"]),
                reason_sealed=self._keys.seal("legal_holds", "reason", self._tenant.id(number), reason),
                placed_by_type=ActorType.API_KEY,
                placed_by_id=self._tenant.id(OWN_KEY),
            )

    def consents(self) -> Iterator[Base]:
        """Given by the candidate of the examples, and by candidates whom nothing deletes; each can be withdrawn once."""
        for number in self._numbers("consent"):
            is_example = number == NUMBERS["consent"]
            steady = SPARES["steady_candidate"]
            consent_id = self._tenant.id(number)
            yield models.Consent(
                **self._of(number),
                candidate_id=self._tenant.id(NUMBERS["candidate"] if is_example else steady[number % len(steady)]),
                purpose=ConsentPurpose.TALENT_POOL,
                policy_version="2026-03",
                source=ConsentSource.EMAIL,
                evidence_sealed=self._keys.seal(
                    "consents", "evidence", consent_id, self._name("Letter", number).encode()
                ),
                given_at=clock.now(),
            )

    def notes(self) -> Iterator[Base]:
        """Written by the key that the requests are sent with."""
        for number in self._numbers("note"):
            stay = self._stay(NUMBERS["application"])
            yield models.Note(
                **self._of(number),
                candidate_id=stay["candidate_id"],
                application_id=self._tenant.id(NUMBERS["application"]),
                job_id=stay["job_id"],
                author_type=ActorType.API_KEY,
                author_id=self._tenant.id(OWN_KEY),
                visibility=NoteVisibility.PUBLIC,
                body_sealed=self._keys.seal(
                    "notes", "body", self._tenant.id(number), self._name("Note", number).encode()
                ),
            )

    def messages(self) -> Iterator[Base]:
        """Queued messages about the application of the examples; no worker is there to send them."""
        stay = self._stay(NUMBERS["application"])
        for number in self._numbers("message"):
            texts = {
                "to_address": f"mira@{self._tenant.domain}",
                "subject": "Hello",
                "body": self._name("Body", number),
            }
            yield models.Message(
                **self._of(number),
                candidate_id=stay["candidate_id"],
                job_id=stay["job_id"],
                application_id=self._tenant.id(NUMBERS["application"]),
                due_at=clock.now(),
                **{
                    f"{name}_sealed": self._keys.seal("messages", name, self._tenant.id(number), text.encode())
                    for name, text in texts.items()
                },
            )

    def intakes(self) -> Iterator[Base]:
        """What came in for the public post: done, held back, refused, and waiting."""
        kinds = ("intake", "quarantined_intake", "rejected_intake", "tracked_intake")
        for number in self._numbers(*kinds):
            kind = next((name for name in kinds[1:] if number in SPARES[name]), "quarantined_intake")
            sealed = self._keys.seal("intakes", "content", self._tenant.id(number), self._applied(number))
            token = tokens.parse(tracking_token(number))
            if token is None:
                raise ValueError("a tracking token is not well-formed")
            yield models.Intake(
                **self._of(number),
                post_id=self._tenant.id(PUBLIC_POST),
                edition_id=self._tenant.id(0x40000 + PUBLIC_POST),
                job_id=self._tenant.id(WORKBENCH),
                content_sealed=sealed,
                email_hash=self._keys.blind_index("candidates.email", f"mira{number:x}@{self._tenant.domain}"),
                token_public_id=token.public_id,
                token_hash=tokens.secret_hash(token.secret),
                **STANDS[kind],
            )

    def _applied(self, number: int) -> bytes:
        address = f"mira{number:x}@{self._tenant.domain}"
        sent = content.Content(self._name("Mira", number), address, None, [content.Answer("motivation", ["Bread"])])
        return msgspec.json.encode(sent)

    def files(self) -> Iterator[Base]:
        """A resume that came with the first of them, and uploaded ones."""
        for number in self._numbers("attachment", "read_attachment"):
            is_first = number == NUMBERS["file"]
            candidate = NUMBERS["candidate"] if is_first else SPARES["steady_candidate"][number % 8]
            name = self._name("resume", number).encode()
            yield models.File(
                **self._of(number),
                intake_id=self._tenant.id(NUMBERS["intake"]) if is_first else None,
                candidate_id=self._tenant.id(candidate),
                kind=AttachmentKind.RESUME,
                field="resume",
                name_sealed=self._keys.seal("files", "name", self._tenant.id(number), name),
                media_type="text/plain",
                size_bytes=len(RESUME),
                sha256=hashlib.sha256(RESUME).digest(),
            )

    def resume_parses(self) -> Iterator[Base]:
        """What was read of the first of them, and of those that nothing deletes."""
        for number in self._numbers("resume_parse"):
            is_first = number == NUMBERS["resume_parse"]
            file = NUMBERS["file"] if is_first else number - 0x100
            parse_id = self._tenant.id(number)
            text, content = contents.fitted(read_of(self._name("Mira", number)))
            yield models.ResumeParse(
                **self._of(number),
                attachment_id=self._tenant.id(file),
                candidate_id=self._tenant.id(
                    NUMBERS["candidate"] if is_first else SPARES["steady_candidate"][file % 8]
                ),
                revision=1,
                status=ResumeParseStatus.PARSED,
                parsed_by=ResumeParser.OFFLINE,
                parser_version=parsing.OFFLINE_VERSION,
                input_sha256=hashlib.sha256(RESUME).digest(),
                text_sealed=self._keys.seal("resume_parses", "text", parse_id, text.encode()),
                reading_sealed=self._keys.seal("resume_parses", "reading", parse_id, msgspec.json.encode(content)),
                finished_at=clock.now(),
            )

    def objects(self) -> Iterator[Object]:
        """What lies in the storage for each file."""
        for number in self._numbers("attachment", "read_attachment"):
            file_id = self._tenant.id(number)
            yield Object(self._tenant.id(1), file_id, self._keys.seal("files", "content", file_id, RESUME))
