"""Check the migrations: the models give nothing new, every step goes down and up again, and write their SQL for squawk.

    python -m scripts.check_migrations build/migrations.sql

Runs them on an embedded PostgreSQL of its own in a temporary folder. Exits 1 naming what differs.
"""

import sys
import tempfile
from pathlib import Path

from impl.db import embedded, migrate
from impl.db.embedded import cluster
from impl.models import Base

# The one table that is Alembic's, not ours.
ALEMBICS_OWN = "    version_num VARCHAR(32)"


def main() -> int:
    """Run every step; the offline SQL of all migrations goes to the file named by the first argument."""
    target = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder, embedded.running(folder, fsync=False) as server:
        # Down to nothing and up again: every downgrade runs, and what it leaves behind makes the second upgrade fail.
        for turn in ("up", "up again"):
            migrate.upgrade(server.owner_url, cluster.APP)
            differences = migrate.differences(server.owner_url, Base.metadata)
            if differences:
                print(f"{turn}: the models say what no migration does: {differences}", file=sys.stderr)
                return 1
            print(f"{turn}: models and migrations agree at {migrate.current(server.owner_url)}")
            if turn == "up":
                migrate.downgrade(server.owner_url)
    sql = migrate.sql()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(sql.replace(ALEMBICS_OWN, f"    -- squawk-ignore prefer-text-field\n{ALEMBICS_OWN}"))
    print(f"{len(sql.splitlines())} lines of SQL -> {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
