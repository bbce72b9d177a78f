"""Files: each is an object in the storage and a row here. Those of a candidate are its attachments."""

from typing import ClassVar
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.dialects.postgresql import BYTEA
from sqlalchemy.orm import Mapped, mapped_column

from generated.enums import ActorType, AttachmentKind, AttachmentScanStatus, FileRefusal
from impl.lib.problems import FieldError, Problem
from impl.lib.refusals import FileRefused, Refusal
from impl.models.base import Resource, belongs_to, choice


class FileTypeUnsupported(Problem):
    status, code, title = 422, "file_type_unsupported", "Files of this kind are not kept"


class FileTypeMismatch(Problem):
    status, code, title = 422, "file_type_mismatch", "The file is not what it says"


class FileEncrypted(Problem):
    status, code, title = 422, "file_encrypted", "The file is encrypted"


class FileWithMacros(Problem):
    status, code, title = 422, "file_with_macros", "The file holds macros"


class FileUnsafe(Problem):
    status, code, title = 422, "file_unsafe", "The file is not safe to keep"


class AttachmentScanPending(Problem):
    status, code, title = 409, "attachment_scan_pending", "The virus scanner has not looked at the file yet"


class AttachmentInfected(Problem):
    status, code, title = 409, "attachment_infected", "The virus scanner has found something in the file"


class LinkInvalid(Problem):
    """The one answer to a link that was changed, has ended, or whose file may not be read any more."""

    status, code, title = 403, "link_invalid", "The link does not work"


_REFUSALS: dict[Refusal, type[Problem]] = {
    Refusal.UNSUPPORTED: FileTypeUnsupported,
    Refusal.MISMATCH: FileTypeMismatch,
    Refusal.ENCRYPTED: FileEncrypted,
    Refusal.MACROS: FileWithMacros,
    Refusal.UNSAFE: FileUnsafe,
}


def refused(refusal: FileRefused, pointer: str) -> Problem:
    """What the sender of a refused file is told."""
    kind = _REFUSALS[refusal.refusal]
    return kind(refusal.why, errors=[FieldError(pointer, kind.code, refusal.why)])


PASSED = (AttachmentScanStatus.NOT_SCANNED, AttachmentScanStatus.CLEAN)


def expect_passed(scan_status: AttachmentScanStatus) -> None:
    """Raises unless the content of a file with this status may be handed out and read."""
    if scan_status == AttachmentScanStatus.PENDING:
        raise AttachmentScanPending("Try again in a few minutes.")
    if scan_status == AttachmentScanStatus.INFECTED:
        hint = "Delete the attachment, and ask its sender for another one."
        raise AttachmentInfected(f"Its content is handed to nobody. {hint}")


class File(Resource):
    """A file in the storage, under this row's id. Its name is sealed; `sha256` is of what was sent and is checked whenever it is read.
    `candidate_id` is set once it is known whose it is; `uploaded_by_type` is empty for what came with an intake."""

    __tablename__ = "files"
    __table_args__ = (
        belongs_to("intakes", "intake_id"),
        belongs_to("candidates", "candidate_id"),
        belongs_to("applications", "application_id"),
        belongs_to("jobs", "job_id"),
        Index("ix_files_intake_id", "organization_id", "intake_id", "id"),
        Index("ix_files_candidate_id", "organization_id", "candidate_id", "id"),
        Index("ix_files_application_id", "organization_id", "application_id", "id"),
        Index("ix_files_job_id", "organization_id", "job_id", "id"),
        Index("ix_files_scan_pending", "organization_id", "id", postgresql_where=text("scan_status = 'pending'")),
    )
    job_column: ClassVar[str | None] = "job_id"

    intake_id: Mapped[UUID | None]
    candidate_id: Mapped[UUID | None]
    application_id: Mapped[UUID | None]
    job_id: Mapped[UUID | None]
    kind: Mapped[AttachmentKind] = mapped_column(
        choice(AttachmentKind, "kind"), default=AttachmentKind.OTHER, server_default=text("'other'")
    )
    field: Mapped[str]
    name_sealed: Mapped[bytes]
    media_type: Mapped[str]
    #: Why it is no attachment, although it came with an application.
    refusal: Mapped[FileRefusal | None] = mapped_column(choice(FileRefusal, "refusal"))
    #: What a virus scanner says of it.
    scan_status: Mapped[AttachmentScanStatus] = mapped_column(
        choice(AttachmentScanStatus, "scan_status"),
        default=AttachmentScanStatus.NOT_SCANNED,
        server_default=text("'not_scanned'"),
    )
    size_bytes: Mapped[int]
    sha256: Mapped[bytes] = mapped_column(BYTEA)
    uploaded_by_type: Mapped[ActorType | None] = mapped_column(choice(ActorType, "uploaded_by_type"))
    uploaded_by_id: Mapped[UUID | None]

    @property
    def has_passed(self) -> bool:
        """Whether its content may be handed out and read."""
        return self.scan_status in PASSED

    def be_scanned(self, *, is_infected: bool) -> None:
        """Be what the scanner says."""
        self.scan_status = AttachmentScanStatus.INFECTED if is_infected else AttachmentScanStatus.CLEAN

    def be(self, verdict: str | FileRefusal) -> None:
        """Be what its content says, a media type or nothing that is handed out."""
        if isinstance(verdict, FileRefusal):
            self.refusal = verdict
        else:
            self.media_type, self.refusal = verdict, None
