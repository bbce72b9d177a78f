"""As whom PostgreSQL runs when the service itself runs as root, which PostgreSQL refuses."""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from impl.db.embedded.binaries import Binaries
from impl.db.embedded.errors import EmbeddedError

Mode = Literal["plain", "namespace", "nobody"]
LAUNCHER = Path(__file__).with_name("launcher.py")
# Where `nobody` can reach programs and data that lie below a folder of root's.
SHARED_ROOT = Path("/var/lib/ats")


def choose_mode() -> Mode:
    """`plain` for an ordinary user; for root a user namespace, or `nobody` where namespaces are forbidden."""
    if os.geteuid() != 0:
        return "plain"
    probe = subprocess.run(  # noqa: S603 - our own launcher, no shell
        command("namespace", [shutil.which("true") or "/bin/true"]), capture_output=True, check=False
    )
    return "namespace" if probe.returncode == 0 else "nobody"


def command(mode: Mode, program: list[str]) -> list[str]:
    """The command line that runs `program` in `mode`, to die with the thread that starts it."""
    return [sys.executable, "-I", "-S", str(LAUNCHER), mode, str(os.getpid()), "--", *program]


@dataclass(frozen=True)
class Placement:
    """The programs to run and the folder of the data, both reachable in `mode`."""

    mode: Mode
    binaries: Binaries
    cluster: Path


def cluster_path(mode: Mode, data_dir: Path) -> Path:
    """The cluster's folder: in `data_dir`, or a public folder when `nobody` could not reach it there."""
    if mode != "nobody" or _public(data_dir):
        return data_dir / "postgres"
    name = hashlib.sha256(str(data_dir).encode()).hexdigest()[:16]
    return SHARED_ROOT / "clusters" / name / "postgres"


def place(mode: Mode, binaries: Binaries, cluster: Path) -> Placement:
    """Make programs and data usable in `mode`: copies the programs and changes the data's owner where it must."""
    if mode == "nobody":
        binaries = binaries if _public(binaries.bin_dir) else _copy(binaries)
        cluster.parent.mkdir(parents=True, exist_ok=True)
        if not _public(cluster.parent):
            raise EmbeddedError(f"PostgreSQL cannot run as root, and the user 'nobody' cannot reach {cluster.parent}.")
    if cluster.exists() and os.geteuid() == 0:
        own(cluster, pwd.getpwnam("nobody").pw_uid if mode == "nobody" else 0)
    return Placement(mode, binaries, cluster)


def own(folder: Path, uid: int) -> None:
    """Give a folder and all below it to `uid` (an earlier start may have run in another mode)."""
    if folder.stat().st_uid == uid:
        return
    for parent, _, names in os.walk(folder):
        for path in (parent, *(os.path.join(parent, name) for name in names)):
            os.chown(path, uid, -1, follow_symlinks=False)


def _public(folder: Path) -> bool:
    folder = folder.resolve()
    return all(p.stat().st_mode & stat.S_IXOTH for p in (folder, *folder.parents) if p.exists())


def _copy(binaries: Binaries) -> Binaries:
    install = binaries.bin_dir.parent
    package = install.parent
    target = SHARED_ROOT / f"postgresql-{binaries.major}-{int(binaries.bin_dir.stat().st_mtime)}"
    copied = Binaries(target / package.name / install.name / "bin", binaries.major)
    if not target.exists():
        partial = target.with_name(f"{target.name}.{os.getpid()}")
        libraries = package.with_name(f"{package.name}.libs")
        shutil.copytree(install, partial / package.name / install.name, symlinks=True)
        if libraries.is_dir():
            shutil.copytree(libraries, partial / libraries.name, symlinks=True)
        partial.chmod(0o755)
        partial.rename(target)
    return copied
