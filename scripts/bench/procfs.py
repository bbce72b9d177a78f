"""CPU time and memory of processes, from /proc. Linux only."""

import os
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
_CPU_FIELDS = slice(11, 15)  # of /proc/<pid>/stat behind the name: own user and system time, the same of ended children
_PARENT_FIELD = 1


@dataclass(frozen=True, slots=True)
class Snapshot:
    """CPU seconds used so far: by two process trees, by this process, and by everybody on the given cores."""

    server: float
    postgres: float
    load: float
    everybody: float

    def since(self, before: "Snapshot") -> "Snapshot":
        """What was used between two snapshots."""
        return Snapshot(
            self.server - before.server,
            self.postgres - before.postgres,
            self.load - before.load,
            self.everybody - before.everybody,
        )

    @property
    def foreign(self) -> float:
        """CPU seconds of processes that have nothing to do with the measurement."""
        return max(0.0, self.everybody - self.server - self.postgres - self.load)


def snapshot(server: int, postgres: int, load: tuple[int, ...] = (), cores: frozenset[int] = frozenset()) -> Snapshot:
    """The CPU times now of the trees below the processes `server` and `postgres`, and of this process with `load`."""
    stats = _stats()
    own = sum(_cpu(stats[pid]) for pid in {os.getpid(), *load} if pid in stats)
    return Snapshot(_tree_cpu(stats, server), _tree_cpu(stats, postgres), own, _busy(cores))


def cpu_seconds(root: int) -> float:
    """The CPU time that a process tree has used so far, with that of its children that have ended."""
    return _tree_cpu(_stats(), root)


def peak_bytes(root: int) -> int:
    """The largest resident memory that each process of a tree has had, summed."""
    return sum(high_water_bytes(pid) for pid in descendants(root))


def descendants(root: int) -> list[int]:
    """A process and all its descendants."""
    return _tree(_stats(), root)


def pin(root: int, cores: set[int]) -> None:
    """Bind a process tree to cores; children born later inherit it."""
    for pid in descendants(root):
        with suppress(ProcessLookupError):  # it has just ended
            os.sched_setaffinity(pid, cores)


def _stats() -> dict[int, list[str]]:
    """The fields of /proc/<pid>/stat behind the process's name."""
    found = {}
    for entry in os.scandir("/proc"):
        if entry.name.isdecimal():
            try:
                text = Path(entry.path, "stat").read_text()
            except OSError:  # it has just ended
                continue
            found[int(entry.name)] = text.rpartition(")")[2].split()
    return found


def _tree(stats: dict[int, list[str]], root: int) -> list[int]:
    children = defaultdict(list)
    for pid, fields in stats.items():
        children[int(fields[_PARENT_FIELD])].append(pid)
    found = [root]
    for pid in found:
        found.extend(children[pid])
    return found


def _tree_cpu(stats: dict[int, list[str]], root: int) -> float:
    return sum(_cpu(stats[pid]) for pid in _tree(stats, root) if pid in stats)


def _cpu(fields: list[str]) -> float:
    return sum(map(int, fields[_CPU_FIELDS])) / TICKS


def _busy(cores: frozenset[int]) -> float:
    """Seconds that these cores (none given: all) have worked, from the lines `cpuN user nice system idle iowait irq softirq …`."""
    busy = 0
    for line in Path("/proc/stat").read_text().splitlines():
        name, *numbers = line.split()
        if name.startswith("cpu") and name != "cpu" and (not cores or int(name[3:]) in cores):
            user, nice, system, _idle, _waiting, *rest = map(int, numbers)
            busy += user + nice + system + sum(rest[:2])
    return busy / TICKS


def high_water_bytes(pid: int) -> int:
    """The largest resident memory that a process has had; 0 when it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))
