"""The key sets of this process: the deployment's, and each organization's once it has been needed."""

from uuid import UUID

from sqlalchemy import bindparam, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from impl.db.engine import Connection, Database
from impl.db.errors import RETRY_AFTER, DatabaseUnavailable
from impl.db.query import Query
from impl.lib import clock
from impl.lib.crypto import DeploymentKeys, MasterKey, OrganizationKeys, key_id_of
from impl.models import DeploymentKey, OrganizationKey

WRAPPED = Query(select(OrganizationKey.wrapped).where(OrganizationKey.organization_id == bindparam("organization_id")))
KEEP = Query(insert(OrganizationKey), columns=["organization_id", "wrapped", "created_at"])
DEPLOYMENT = Query(text("SELECT wrapped FROM deployment_keys"))
REWRAP = Query(
    update(OrganizationKey)
    .where(OrganizationKey.organization_id == bindparam("organization_id_"))
    .values(wrapped=bindparam("wrapped_"))
)
REWRAP_DEPLOYMENT = Query(update(DeploymentKey).values(wrapped=bindparam("wrapped_")))
KEEP_DEPLOYMENT = Query(upsert(DeploymentKey).on_conflict_do_nothing(), columns=["id", "wrapped", "created_at"])


class KeyRegistry:
    """Hands out unwrapped key sets; the master key itself stays in here."""

    def __init__(self, master: MasterKey) -> None:
        self._master = master
        self._organizations: dict[UUID, OrganizationKeys] = {}
        self._deployment: DeploymentKeys | None = None

    async def start(self, database: Database) -> None:
        """Load the deployment's key set, or make it the first time."""
        async with database.transaction(None, timeout_seconds=5) as connection:
            _, wrapped = DeploymentKeys.create(self._master)
            await connection.execute(KEEP_DEPLOYMENT, id=1, wrapped=wrapped, created_at=clock.now())
            self._deployment = DeploymentKeys.unwrap(self._master, await connection.value(DEPLOYMENT))

    @property
    def is_started(self) -> bool:
        return self._deployment is not None

    def expect_started(self) -> None:
        """Nothing is served before the service has seen a database that it may work with."""
        if self._deployment is None:
            raise DatabaseUnavailable(headers=RETRY_AFTER)

    @property
    def deployment(self) -> DeploymentKeys:
        if self._deployment is None:
            raise DatabaseUnavailable(headers=RETRY_AFTER)
        return self._deployment

    async def of(self, connection: Connection, organization_id: UUID) -> OrganizationKeys:
        """The key set of the organization that `connection`'s transaction belongs to."""
        keys = self._organizations.get(organization_id)
        if keys is None:
            self.expect_started()
            wrapped = await connection.value(WRAPPED, organization_id=organization_id)
            keys = self._organizations[organization_id] = OrganizationKeys.unwrap(
                self._master, organization_id, wrapped
            )
        return keys

    async def create(self, connection: Connection, organization_id: UUID) -> OrganizationKeys:
        """Make and keep the key set of a new organization. It is not cached: the transaction may still fail."""
        keys, wrapped = OrganizationKeys.create(self._master, organization_id)
        await connection.execute(KEEP, organization_id=organization_id, wrapped=wrapped, created_at=clock.now())
        return keys

    async def rewrap(self, connection: Connection, organization_id: UUID) -> bool:
        """Wrap an organization's key set with the primary master key; False when it is already. What it seals stays as it is."""
        wrapped = await connection.value(WRAPPED, organization_id=organization_id)
        if key_id_of(wrapped) == self._master.primary_key_id:
            return False
        keys = OrganizationKeys.unwrap(self._master, organization_id, wrapped)
        await connection.execute(REWRAP, organization_id_=organization_id, wrapped_=keys.wrap(self._master))
        return True

    async def rewrap_deployment(self, connection: Connection) -> bool:
        """The same for the deployment's key set."""
        wrapped = await connection.value(DEPLOYMENT)
        if key_id_of(wrapped) == self._master.primary_key_id:
            return False
        keys = DeploymentKeys.unwrap(self._master, wrapped)
        await connection.execute(REWRAP_DEPLOYMENT, wrapped_=keys.wrap(self._master))
        return True
