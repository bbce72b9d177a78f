"""The strict mode (`ATS_VALIDATE_RESPONSES=1`): an answer that the contract does not document is not sent, but a 500 that says so in
the log. For staging and contract tests; it costs more than the answer itself."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from impl.core import answers
from impl.lib import logs
from impl.lib.problems import InternalError, render

CONTENT_HEADERS = frozenset({b"content-type", b"content-length", b"etag", b"location", b"link"})

log = logs.get_logger()


class Strict:
    """Wraps the whole application and holds back each answer until it has been looked at."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] == "OPTIONS":
            await self._app(scope, receive, send)
            return
        sent: list[Message] = []

        async def keep(message: Message) -> None:
            sent.append(message)

        await self._app(scope, receive, keep)
        for message in _held_against_contract(scope, sent):
            await send(message)


def _held_against_contract(scope: Scope, sent: list[Message]) -> list[Message]:
    head = sent[0]
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in head["headers"]]
    body = b"".join(message.get("body", b"") for message in sent[1:])
    try:
        answers.check(scope["method"], scope["path"], head["status"], headers, body)
    except answers.Undocumented as found:
        request_id = dict(headers).get("x-request-id", "")
        log.error("undocumented_answer", reason=found.reason, request_id=request_id)
        status, own, problem = render(InternalError(), request_id)
        kept = [pair for pair in head["headers"] if pair[0] not in CONTENT_HEADERS]
        content = b"" if scope["method"] == "HEAD" else problem
        return [{**head, "status": status, "headers": own + kept}, {"type": "http.response.body", "body": content}]
    return sent
