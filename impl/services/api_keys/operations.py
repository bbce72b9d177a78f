"""Credentials for machines."""

from uuid import UUID

from generated import requests, responses
from generated.api.api_keys import ApiKeysOperations
from impl import models
from impl.core import grants, patch
from impl.core.context import Context
from impl.core.problems import NotFound
from impl.core.shape import shaped
from impl.lib import tokens
from impl.services.api_keys import queries


class ApiKeys(ApiKeysOperations[Context]):
    """API keys: made, shown without their secret, revoked."""

    async def list_api_keys(self, ctx: Context, query: requests.ListApiKeysQuery) -> responses.ApiKeyList:
        rows, page = await ctx.page(queries.API_KEYS, query)
        return responses.ApiKeyList(data=[responses.ApiKey(**row) for row in rows], page=page)

    async def create_api_key(self, ctx: Context, body: requests.ApiKeyCreate) -> responses.ApiKeyWithSecret:
        values = patch.given(body)
        wanted, expires_at = values.get("job_ids"), values.get("expires_at")
        grants.expect_held(ctx, body.scopes)
        models.ApiKey.expect_expiry(expires_at)
        job_ids = None if wanted is None else await grants.expect_jobs(ctx, wanted)
        minted = tokens.mint_api_key(ctx.runtime.settings.environment)
        key = await ctx.insert(
            models.ApiKey,
            name=body.name,
            public_id=minted.public_id,
            secret_hash=minted.secret_hash,
            scopes=sorted(body.scopes),
            is_job_granted=job_ids is not None,
            created_by_user_id=ctx.actor.user_id,
            expires_at=expires_at,
        )
        await grants.add(ctx, job_ids or (), api_key_id=key.id)
        ctx.record(
            "api_key.created",
            key,
            scopes=(None, " ".join(key.scopes)),
            job_ids=(None, None if job_ids is None else grants.named(job_ids)),
        )
        return shaped(responses.ApiKeyWithSecret, key, job_ids=job_ids, secret=minted.token)

    async def get_api_key(self, ctx: Context, api_key_id: UUID) -> responses.ApiKey:
        return await _shown(ctx, api_key_id)

    async def revoke_api_key(
        self, ctx: Context, api_key_id: UUID, query: requests.RevokeApiKeyQuery
    ) -> responses.ApiKey:
        key = await ctx.load(models.ApiKey, api_key_id, lock=True)
        key.revoke()
        ctx.record("api_key.revoked", key)
        await ctx.forget_credentials()
        await ctx.connection.flush()
        return await _shown(ctx, api_key_id)


async def _shown(ctx: Context, api_key_id: UUID) -> responses.ApiKey:
    row = await ctx.row(queries.ONE_API_KEY, id=api_key_id)
    if row is None:
        raise NotFound("Check the id; it may also belong to something that you may not see.")
    return responses.ApiKey(**row)
