"""Search: candidates by their words, ranked."""

from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from generated import requests, responses
from generated.api.search import SearchOperations
from generated.enums import CustomFieldTarget, SearchFacet
from impl import models
from impl.core import pages, patch
from impl.core.context import Context
from impl.lib.keyed_text import KeyedText
from impl.lib.problems import FieldError, Problem
from impl.services.candidates import profile
from impl.services.candidates.operations import FullTextSearchOff
from impl.services.candidates.responses import candidate_of
from impl.services.custom_fields import values as custom
from impl.services.search import queries
from impl.services.search.highlights import highlights


class SearchQueryInvalid(Problem):
    status, code, title = 422, "search_query_invalid", "The query cannot be searched for"


class Search(SearchOperations[Context]):
    """One statement finds, ranks and counts; what it gives is opened and marked here."""

    async def search_candidates(self, ctx: Context, body: requests.CandidateSearchQuery) -> responses.CandidateSearch:
        organization = await ctx.load(models.Organization, ctx.organization_id)
        if not organization.full_text_search:
            raise FullTextSearchOff("Switch `full_text_search` on in the organization's settings.")
        given, words = patch.given(body), profile.words_of(ctx.keys)
        query = _query(words, body.query)
        facets = list(given.get("facets", ()))
        mark = _mark(ctx, given)
        rows = await ctx.rows(
            queries.SEARCH,
            words=query,
            facets=[facet.value for facet in facets],
            limit=body.limit + 1,
            **await _filters(ctx, given),
            **_after(given, mark),
        )
        page = [row for row in rows if row["id"] is not None]
        return responses.CandidateSearch(
            matches_count=min(rows[0]["matches_count"], queries.MATCHES_MAX),
            is_complete=rows[0]["matches_count"] <= queries.MATCHES_MAX,
            hits=[_hit(ctx, words, body.query, row) for row in page[: body.limit]],
            facets=[_counts(facet, rows[0]) for facet in facets],
            page=_info(mark, page, body.limit),
        )


def _query(words: KeyedText, text: str) -> str:
    fault = words.fault(text)
    query = words.query(text)
    if fault or query is None:
        message = fault or "There is no word in it."
        raise SearchQueryInvalid(message, errors=[FieldError("/query", SearchQueryInvalid.code, message)])
    return query


async def _filters(ctx: Context, given: dict[str, Any]) -> dict[str, Any]:
    """What the statement is given of the filters: None for each that is not there."""
    wanted: dict[str, Any] = patch.given(given["filters"]) if "filters" in given else {}
    if "custom_fields" in wanted:
        items = wanted.pop("custom_fields")
        pointer = "/filters/custom_fields/"
        wanted["custom_hashes"] = await custom.hashes_of(ctx, CustomFieldTarget.CANDIDATE, items, pointer)
    by_application = not wanted.keys().isdisjoint(queries.OF_APPLICATION)
    return {"by_application": by_application, **{name: wanted.get(name) for name in queries.FILTERS}}


def _mark(ctx: Context, given: dict[str, Any]) -> str:
    """What a cursor belongs to: everything that was asked for but the size of the page."""
    asked: dict[str, Any] = {name: value for name, value in given.items() if name not in ("limit", "cursor", "filters")}
    filters = patch.given(given["filters"]) if "filters" in given else {}
    asked |= {f"filters.{name}": value for name, value in filters.items()}
    return pages.fingerprint(ctx.operation.operation_id, pages.Position(asked, "relevance", 0, None))


def _after(given: dict[str, Any], mark: str) -> dict[str, Any]:
    if "cursor" not in given:
        return {"after_rank": None, "after_id": None}
    rank, last = pages.decode_cursor(given["cursor"], mark, [float, UUID])
    return {"after_rank": rank, "after_id": last}


def _info(mark: str, page: list[asyncpg.Record], limit: int) -> responses.PageInfo:
    if len(page) <= limit:
        return responses.PageInfo(next_cursor=None, has_more=False)
    last = page[limit - 1]
    return responses.PageInfo(next_cursor=pages.encode_cursor(mark, [last["rank"], last["id"]]), has_more=True)


def _hit(ctx: Context, words: KeyedText, query: str, row: asyncpg.Record) -> responses.CandidateHit:
    candidate = candidate_of(ctx, row)
    found = [] if candidate.profile is None else highlights(words, query, candidate.profile)
    return responses.CandidateHit(candidate=candidate, highlights=found)


def _counts(facet: SearchFacet, row: asyncpg.Record) -> responses.FacetCounts:
    counted: list[tuple[str, int]] = msgspec.json.decode(row[facet.value] or b"[]")
    values = [
        responses.FacetValue(value=value, candidates_count=min(count, queries.MATCHES_MAX)) for value, count in counted
    ]
    return responses.FacetCounts(facet=facet, values=values)
