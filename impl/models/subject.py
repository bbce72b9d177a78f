"""Which tables hold something about a candidate, and what becomes of it: the one list that merging, erasing and exporting read.

A table that names a candidate or an application, or that has a sealed column, stands here or among `NOT_OF_CANDIDATES`; the
catalogue is held against both.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from generated.enums import NoteVisibility
from impl.models.application import Application, StageHistory
from impl.models.approval import Approval, ApprovalVote
from impl.models.base import TenantRow
from impl.models.consent import Consent
from impl.models.file import File
from impl.models.intake import Intake
from impl.models.interview import Interview, Scorecard
from impl.models.legal_hold import LegalHold
from impl.models.message import Message
from impl.models.note import Note
from impl.models.offer import Offer
from impl.models.resume import ResumeParse
from impl.models.screening import ScreeningDocument, SelfIdentification
from impl.models.tag import TAGS_MAX, CandidateTag

Forget = Literal["delete", "clear", "keep"]


@dataclass(frozen=True, slots=True, eq=False)
class Holding:
    """The rows of one table that are about a candidate, by its column `candidate_id`."""

    model: type[TenantRow]
    #: The columns beside the candidate that are unique together: a merge leaves a row behind where the survivor has the same.
    unique_with: tuple[str, ...] = ()
    #: How many rows one candidate has at the most; a merge leaves behind what would be more.
    most: int | None = None
    #: What forgetting the person does: `delete` the rows, `clear` the columns and blank the texts, or `keep` what is nobody's data.
    forget: Forget = "delete"
    cleared: tuple[str, ...] = ()
    #: Sealed columns that must hold something, and what they hold then.
    blanked: Mapping[str, bytes] = field(default_factory=dict)
    #: Why the person's export does not hold these rows; empty where it does.
    unexported: str = ""
    #: Rows that the export leaves out: those with one of these values.
    withheld: Mapping[str, frozenset[str]] = field(default_factory=dict)
    #: Sealed columns that hold a JSON document, not a text.
    documents: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The table."""
        return str(self.model.__tablename__)

    @property
    def follows_application(self) -> bool:
        """Whether its rows may be about an application, with which they go over."""
        return "application_id" in self.model.__table__.columns


HOLDINGS: Final = (
    Holding(
        Application,
        forget="clear",
        cleared=("note_sealed", "custom_fields_sealed", "external_id"),
        documents=frozenset({"custom_fields_sealed"}),
    ),
    Holding(StageHistory, forget="keep"),
    Holding(Note, withheld={"visibility": frozenset({NoteVisibility.ADMIN_ONLY.value})}),
    Holding(Message),
    Holding(ResumeParse, documents=frozenset({"reading_sealed", "review_sealed", "wordings_sealed"})),
    # Its object goes with the next sweep of the storage.
    Holding(File),
    Holding(Intake, documents=frozenset({"content_sealed"})),
    Holding(
        Offer,
        forget="clear",
        cleared=("answer_note_sealed",),
        blanked={"pay_sealed": b'{"salary":null,"bonus":null,"equity":null}'},
        documents=frozenset({"pay_sealed"}),
    ),
    Holding(
        Interview,
        forget="clear",
        blanked={"details_sealed": b'{"title":"Interview"}'},
        documents=frozenset({"details_sealed"}),
    ),
    Holding(Scorecard, forget="clear", cleared=("content_sealed",), documents=frozenset({"content_sealed"})),
    Holding(LegalHold, unexported="it prepares the organization's defence"),
    Holding(Approval, forget="keep"),
    Holding(ApprovalVote, forget="clear", cleared=("comment_sealed",)),
    Holding(Consent),
    # The numbers stay, without the words.
    Holding(ScreeningDocument, documents=frozenset({"content_sealed"})),
    Holding(SelfIdentification, documents=frozenset({"content_sealed"})),
    Holding(CandidateTag, unique_with=("tag_id",), most=TAGS_MAX),
)

#: Tables that a candidate's id or a sealed column leads to, and why nothing of theirs is moved with a candidate.
NOT_OF_CANDIDATES: Final = {
    "candidates": "the person itself",
    "candidate_merges": "the ledger of the merges",
    "custom_field_values": "made from the sealed values of what they belong to, and made anew with them",
    "events": "what happened stays where it happened; it holds ids alone",
    "jobs": "no person; what its custom fields are set to is sealed, whatever that is",
    "idempotency_keys": "kept answers name whom they are about, and go with them",
    "openings": "a seat names the application that fills it, nobody's data",
    "screening_results": "numbers about an application and hashes, which stay as statistics; the words lie in screening_documents",
    "users": "staff, no candidates",
}
