"""Where files lie: an object store with few verbs, in a folder or a bucket.

An object's key is its organization's id and its own, never a name that somebody chose. What is put is sealed before it comes here;
this module knows neither keys nor content.
"""

import asyncio
import functools
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar
from uuid import UUID

from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

T = TypeVar("T")

#: How many objects are on their way at a time.
THREADS: Final = 8
#: Retries of the client itself; whoever calls has retries of its own.
RETRY: Final[Any] = {"max_retries": 2, "retry_timeout": timedelta(seconds=15)}
NIL: Final = UUID(int=0)
PAGE: Final = 1000
#: Where a folder keeps an object while it is written.
UNFINISHED: Final = "*#*"


class StorageFailed(Exception):
    """The store could not be reached, or would not do it. Nothing of the content is in its text."""


class ObjectMissing(Exception):
    """There is no such object."""


@dataclass(frozen=True, slots=True)
class Object:
    """What is to be put."""

    organization_id: UUID
    id: UUID
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Stored:
    """An object that is there. `id` is None for one that is not ours."""

    id: UUID | None
    key: str
    size_bytes: int
    modified_at: datetime


class Storage(Protocol):
    """Put, get, delete, list; an organization sees its own objects alone."""

    async def put(self, each: Object) -> None:
        """Keep an object; one of the same id is replaced."""

    async def get(self, organization_id: UUID, object_id: UUID) -> bytes:
        """The content, or ObjectMissing."""

    async def delete(self, organization_id: UUID, object_id: UUID) -> None:
        """Remove an object; one that is not there is removed already."""

    def list(self, organization_id: UUID) -> AsyncIterator[Stored]:
        """Every object of the organization."""

    async def tidy(self, organization_id: UUID, before: datetime) -> None:
        """Remove what puts that were interrupted before that instant have left."""

    async def check(self) -> None:
        """Raise StorageFailed unless the store answers."""


class ObjectStorage:
    """Objects in whatever `obstore` speaks to. It is opened when it is first needed, so that a store that is away keeps no process
    from starting.

    Its calls run in threads of ours: after its own coroutines, an interpreter that ends soon is aborted now and then.
    """

    def __init__(
        self, opened: Callable[[], ObjectStore], tidied: Callable[[UUID, datetime], None] | None = None
    ) -> None:
        self._opened = functools.cache(opened)
        self._tidied = tidied
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="storage")

    async def put(self, each: Object) -> None:
        key = _key(each.organization_id, each.id)
        await self._do(lambda: self._opened().put(key, each.content))

    async def get(self, organization_id: UUID, object_id: UUID) -> bytes:
        key = _key(organization_id, object_id)
        try:
            return await self._do(lambda: bytes(self._opened().get(key).bytes()))
        except FileNotFoundError:
            raise ObjectMissing(str(object_id)) from None

    async def delete(self, organization_id: UUID, object_id: UUID) -> None:
        key = _key(organization_id, object_id)
        with suppress(FileNotFoundError):
            await self._do(lambda: self._opened().delete(key))

    async def list(self, organization_id: UUID) -> AsyncIterator[Stored]:
        stream = await self._do(lambda: iter(self._opened().list(str(organization_id), chunk_size=PAGE)))
        while batch := await self._do(lambda: next(stream, None)):
            for found in batch:
                yield _stored(organization_id, found["path"], found["size"], found["last_modified"])

    async def tidy(self, organization_id: UUID, before: datetime) -> None:
        tidied = self._tidied
        if tidied is not None:
            await self._do(lambda: tidied(organization_id, before))

    async def check(self) -> None:
        with suppress(FileNotFoundError):
            # A bucket that is not there is told by listing alone, a folder that is none by looking for a file.
            await self._do(lambda: next(iter(self._opened().list(str(NIL), chunk_size=1)), None))
            await self._do(lambda: self._opened().head(_key(NIL, NIL)))

    async def _do(self, work: Callable[[], T]) -> T:
        """Every failure of the store is StorageFailed, but FileNotFoundError."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        except FileNotFoundError:
            raise
        except (BaseError, OSError) as error:
            raise StorageFailed(type(error).__name__) from None


def in_folder(folder: Path) -> Storage:
    """The store in a folder of this machine; it is made when it is needed."""

    def tidied(organization_id: UUID, before: datetime) -> None:
        for path in (folder / str(organization_id)).glob(UNFINISHED):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < before.timestamp():
                    path.unlink()

    return ObjectStorage(lambda: LocalStore(folder, mkdir=True), tidied)


def at_url(url: str, **credentials: str | None) -> Storage:
    """The store at `url` (`s3://bucket/prefix`, `az://…`, `gs://…`). `credentials` (`endpoint`, `region`, `access_key_id`,
    `secret_access_key`) are for S3 and its likes; what is left out comes from the environment, as the provider's tools read it."""
    given: Any = {name: value for name, value in credentials.items() if value is not None}
    options: Any = {"timeout": "15s", "allow_http": str(given.get("endpoint", "")).startswith("http://")}
    return ObjectStorage(lambda: from_url(url, config=given or None, client_options=options, retry_config=RETRY))


def _key(organization_id: UUID, object_id: UUID) -> str:
    return f"{organization_id}/{object_id}"


def _stored(organization_id: UUID, key: str, size_bytes: int, modified_at: datetime) -> Stored:
    name = key.removeprefix(f"{organization_id}/")
    try:
        object_id: UUID | None = UUID(name)
    except ValueError:
        object_id = None
    return Stored(object_id, key, size_bytes, modified_at)
