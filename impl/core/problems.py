"""The problems that the seam itself answers with. A slice's own problems stand beside its rules."""

from impl.lib.problems import FieldError, Problem


class NotFound(Problem):
    status, code, title = 404, "not_found", "There is no such resource"


class Unauthenticated(Problem):
    status, code, title = 401, "unauthenticated", "Sign in or send an API key"


class InvalidToken(Problem):
    status, code, title = 401, "invalid_token", "The token is not valid"


class MissingScope(Problem):
    status, code, title = 403, "missing_scope", "The actor lacks a scope"


class MissingGrant(Problem):
    status, code, title = 403, "missing_grant", "The actor sees only granted jobs"


class ScopeNotHeld(Problem):
    status, code, title = 403, "scope_not_held", "The scope is not yours to give"


class TooManyRequests(Problem):
    status, code, title = 429, "rate_limited", "Too many requests"


class TooLarge(Problem):
    status, code, title = 413, "body_too_large", "The body is too large"


class UnsupportedMediaType(Problem):
    status, code, title = 415, "unsupported_media_type", "The body's media type is not supported"


class NotAcceptable(Problem):
    status, code, title = 406, "not_acceptable", "The answer cannot have the media type you accept"


class MalformedJson(Problem):
    status, code, title = 400, "malformed_json", "The body is not valid JSON"


class MalformedForm(Problem):
    status, code, title = 400, "malformed_form", "The body is not a valid form"


class StorageUnavailable(Problem):
    status, code, title = 503, "storage_unavailable", "Files are out of reach at the moment"


class BodyTimeout(Problem):
    status, code, title = 408, "request_timeout", "The body took too long to arrive"


class ValidationFailed(Problem):
    status, code, title = 422, "validation_failed", "The request is not valid"


class ReferenceNotFound(Problem):
    status, code, title = 404, "reference_not_found", "The request refers to something that is not there"

    @classmethod
    def at(cls, pointer: str) -> "ReferenceNotFound":
        """The body's field at `pointer` (`/job_id`) names no row that the actor sees."""
        return cls(errors=[FieldError(pointer, "reference_not_found", "No such resource, or not yours to see.")])


class IdempotencyKeyReused(Problem):
    status, code, title = 422, "idempotency_key_reused", "The idempotency key was used for another request"


class IdempotencyInProgress(Problem):
    status, code, title = 409, "idempotency_in_progress", "A request with this idempotency key is still running"


class PreconditionFailed(Problem):
    status, code, title = 412, "precondition_failed", "The resource has changed since you read it"


class PreconditionRequired(Problem):
    status, code, title = 428, "precondition_required", "The organization requires If-Match"


class InvalidCursor(Problem):
    status, code, title = 400, "invalid_cursor", "The cursor is not valid"


class CursorMismatch(Problem):
    status, code, title = 400, "cursor_mismatch", "The cursor belongs to other filters"


class MethodNotAllowed(Problem):
    status, code, title = 405, "method_not_allowed", "The path does not take this method"
