# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `attachments`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic
from uuid import UUID

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, Uploads, route

UPLOAD_ATTACHMENT: TypeAdapter[requests.AttachmentCreate] = TypeAdapter(requests.AttachmentCreate)


class AttachmentsOperations(ABC, Generic[C]):
    """One method for each operation of `attachments`."""

    @abstractmethod
    async def list_attachments(
        self, ctx: C, candidate_id: UUID, query: requests.ListAttachmentsQuery
    ) -> responses.AttachmentList:
        """List the attachments of a candidate.

        The files of the candidate, those that came with an application and those that were uploaded, newest first. Actors with job
        grants see the files on applications of their jobs.
        """

    @abstractmethod
    async def upload_attachment(
        self, ctx: C, candidate_id: UUID, body: requests.AttachmentCreate, uploads: Uploads
    ) -> responses.Attachment:
        """Upload an attachment.

        Keeps a file of the candidate, sealed under the organization's key. Who has job grants names an application of a granted job.

        The content decides what the file is: PDF, DOCX, ODT, RTF, HTML, plain text, PNG, JPEG, GIF or WebP. The name's ending, and
        the media type of the part unless it is `application/octet-stream`, must agree with it. Documents that hold macros, that are
        encrypted, or that are two kinds of file at once are refused, and so is what is packed in a harmful way: nothing is kept of
        them. A file may have 10 MiB; a packed one at most 1000 members and 50 MiB unpacked.

        The same bytes for the same candidate and the same application are kept once: uploading them again answers 201 with the
        attachment that is there already, as it is, and records no event.
        """

    @abstractmethod
    async def get_attachment(self, ctx: C, attachment_id: UUID) -> responses.Attachment:
        """Get an attachment.

        What is known of one file of a candidate. Its content is behind `get_attachment_download`.
        """

    @abstractmethod
    async def delete_attachment(self, ctx: C, attachment_id: UUID) -> None:
        """Delete an attachment.

        Removes a file of a candidate for good. Its links are dead at once, and its content is deleted from the storage right after. What
        came with an application is no more among the files of its intake, either.
        """

    @abstractmethod
    async def get_attachment_download(self, ctx: C, attachment_id: UUID) -> responses.AttachmentDownload:
        """Get a link to an attachment's content.

        A link that reads this one file without signing in, for `ATS_STORAGE__SIGNED_URL_SECONDS` (five minutes, unless it is set
        otherwise). It is signed with a key of the organization and bound to the file, to reading, and to its end; nothing of it can be
        changed. It dies at once when the file or its candidate is deleted. Files lie in the storage sealed, so that no storage could
        serve them: the link leads back here, whatever the storage is.
        """

    @abstractmethod
    async def download_file(self, ctx: C, link_token: str) -> Response:
        """Download a file by its link.

        The content of a file, for who has a link from `get_attachment_download`. It is always sent as bytes to be saved, never as
        something to be shown, and it is exactly what was uploaded: its hash is checked before the first byte leaves. A link that was
        changed, has ended, or whose file may not be read any more is refused in the same words. (What no link can look like answers 404.)
        """


def routes(
    implementation: AttachmentsOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.LIST_ATTACHMENTS)
    async def list_attachments(current: Annotated[Call[C], Security(call, scopes=["attachments:read"])]) -> Response:
        return await current.answer(
            implementation.list_attachments,
            current.path("candidate_id", UUID),
            current.query(requests.ListAttachmentsQuery),
        )

    @route(router, operations.UPLOAD_ATTACHMENT)
    async def upload_attachment(current: Annotated[Call[C], Security(call, scopes=["attachments:write"])]) -> Response:
        return await current.answer(
            implementation.upload_attachment,
            current.path("candidate_id", UUID),
            current.body(UPLOAD_ATTACHMENT),
            current.uploads(),
        )

    @route(router, operations.GET_ATTACHMENT)
    async def get_attachment(current: Annotated[Call[C], Security(call, scopes=["attachments:read"])]) -> Response:
        return await current.answer(implementation.get_attachment, current.path("attachment_id", UUID))

    @route(router, operations.DELETE_ATTACHMENT)
    async def delete_attachment(current: Annotated[Call[C], Security(call, scopes=["attachments:write"])]) -> Response:
        return await current.answer(implementation.delete_attachment, current.path("attachment_id", UUID))

    @route(router, operations.GET_ATTACHMENT_DOWNLOAD)
    async def get_attachment_download(
        current: Annotated[Call[C], Security(call, scopes=["attachments:read"])],
    ) -> Response:
        return await current.answer(implementation.get_attachment_download, current.path("attachment_id", UUID))

    @route(router, operations.DOWNLOAD_FILE)
    async def download_file(current: Annotated[Call[C], Security(call, scopes=[])]) -> Response:
        return await current.answer(implementation.download_file, current.path("link_token", str))

    return router
