"""Check the migrations: the models give nothing new, every step goes down and up again, and write their SQL for squawk.

    python -m scripts.check_migrations build/migrations.sql

Runs Alembic on an embedded PostgreSQL of its own in a temporary folder. Exits 1 with Alembic's output when a step fails.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from impl.db import embedded

# Down to nothing and up again: every downgrade runs, and what it leaves behind makes the second upgrade fail.
STEPS = (("upgrade", "head"), ("check",), ("downgrade", "base"), ("upgrade", "head"), ("check",))


def main() -> int:
    """Run every step; the offline SQL of all migrations goes to the file named by the first argument."""
    target = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder, embedded.running(folder, fsync=False) as server:
        environment = os.environ | {"ATS_DATABASE_OWNER_URL": server.owner_url, "ATS_DATABASE_URL": server.app_url}
        for step in STEPS:
            finished = _alembic(environment, *step)
            if finished.returncode:
                print(f"alembic {' '.join(step)} failed:\n{finished.stdout}{finished.stderr}", file=sys.stderr)
                return 1
            print(f"alembic {' '.join(step)}: fine")
        written = _alembic(environment, "upgrade", "head", "--sql")
    if written.returncode or not written.stdout.strip():
        print(f"alembic upgrade head --sql wrote nothing to lint:\n{written.stderr}", file=sys.stderr)
        return 1
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(written.stdout)
    print(f"{len(written.stdout.splitlines())} lines of SQL -> {target}")
    return 0


def _alembic(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "alembic", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)


if __name__ == "__main__":
    sys.exit(main())
