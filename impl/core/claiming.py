"""Which of the waiting tasks a worker takes up next: no organization has all the places, and no place stays empty for long.

The queue's package takes the first that may run. Here the tasks of an organization that has its share of all places already are passed
over, and whoever ends a task wakes those who wait for it. Only the worker imports this.
"""

from collections.abc import Iterable
from typing import Final, cast

from procrastinate import jobs
from procrastinate.connector import BaseConnector
from procrastinate.manager import JobManager, NotificationCallback

from impl.core.queue import SILENCE_SECONDS

# As the package's own function `procrastinate_fetch_job_v2`, but for the shares. A lock begins with its organization's id.
CLAIM: Final = """
    WITH sated AS (
        SELECT split_part(lock, ':', 1) AS organization_id
        FROM procrastinate_jobs
        WHERE status = 'doing' AND lock IS NOT NULL
        GROUP BY 1
        HAVING count(*) >= greatest(1, %(places)s * (
            SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %(silence)s)
        ) - %(reserved)s)
    ), candidate AS (
        SELECT jobs.id
        FROM procrastinate_jobs AS jobs
        WHERE jobs.status = 'todo'
          AND (%(queues)s::varchar[] IS NULL OR jobs.queue_name = ANY(%(queues)s))
          AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
          AND (jobs.lock IS NULL OR split_part(jobs.lock, ':', 1) NOT IN (SELECT organization_id FROM sated))
          AND NOT EXISTS (
              SELECT 1 FROM procrastinate_jobs AS other
              WHERE jobs.lock IS NOT NULL AND other.lock = jobs.lock
                AND (
                    other.status = 'doing'
                    OR (other.status = 'todo'
                        AND (other.priority > jobs.priority OR (other.priority = jobs.priority AND other.id < jobs.id)))
                )
          )
        ORDER BY jobs.priority DESC, jobs.id
        LIMIT 1
        FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs AS job SET status = 'doing', worker_id = %(worker_id)s
    FROM candidate WHERE job.id = candidate.id
    RETURNING job.id, status, task_name, priority, lock, queueing_lock, args, scheduled_at, queue_name, attempts, worker_id
"""
# What waited for a lock or a share may run now; who sleeps hears of nothing but new tasks, so it is told of one.
WAKE: Final = """
    SELECT pg_notify('procrastinate_any_queue_v1', json_build_object('type', 'job_inserted', 'job_id', id)::text)
    FROM procrastinate_jobs
    WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())
    LIMIT 1
"""


class FairJobs(JobManager):
    """The jobs as a worker with so many `places` takes them; of the places of all workers, any organization leaves `reserved` to others."""

    def __init__(self, connector: BaseConnector, places: int, reserved: int) -> None:
        super().__init__(connector)
        self._places = places
        self._reserved = reserved
        self._told = 0
        self._tell: NotificationCallback | None = None

    async def listen_for_jobs(
        self, *, on_notification: NotificationCallback, queues: Iterable[str] | None = None
    ) -> None:
        """Hear of new jobs, and count how often."""

        async def tell(*, channel: str, notification: jobs.Notification) -> None:
            self._told += 1
            await on_notification(channel=channel, notification=notification)

        self._tell = tell
        await super().listen_for_jobs(on_notification=tell, queues=queues)

    async def fetch_job(self, queues: Iterable[str] | None, worker_id: int) -> jobs.Job | None:
        """Take up a job, if there is one to be taken up. The package forgets what it is told while it looks: then it looks again."""
        while True:
            told = self._told
            job = await self._claimed(queues, worker_id)
            if job is not None or told == self._told:
                return job

    async def _claimed(self, queues: Iterable[str] | None, worker_id: int) -> jobs.Job | None:
        wanted = {"queues": None if queues is None else list(queues), "worker_id": worker_id}
        shares = {"places": self._places, "reserved": self._reserved, "silence": SILENCE_SECONDS}
        rows = await self.connector.execute_query_all_async(CLAIM, **wanted, **shares)
        return jobs.Job.from_row(rows[0]) if rows else None

    async def finish_job(self, job: jobs.Job, status: jobs.Status, delete_job: bool) -> None:
        """Keep how a job ended, and wake a worker for one that waits."""
        await super().finish_job(job, status, delete_job)
        waits = await self.connector.execute_query_all_async(WAKE)
        # This process needs no notification for it, and may not hear any yet.
        if waits and self._tell is not None:
            await self._tell(channel="", notification={"type": "job_inserted", "job_id": cast("int", job.id)})
