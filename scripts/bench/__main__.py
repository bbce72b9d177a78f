"""Measure the service beside its peers; exit 1 when a goal's `must` is missed, 2 when the servers answer differently."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from impl.db import embedded, migrate
from impl.db.embedded import Server
from impl.lib.crypto import MasterKey
from scripts.bench import procfs, profiling, report, seed, singles
from scripts.bench.goals import BARE, CREATE, GET, JOINED, LIST, NAIVE, OURS
from scripts.bench.load import Target, UnexpectedAnswer
from scripts.bench.measure import Bench, Machine, Plan, Results, Subject
from scripts.bench.peers import schema
from scripts.bench.servers import Peer, Running, ServerFailed, our_environment, serving
from scripts.bench.workload import AnswersDiffer, Workload, compare
from scripts.bench.world import EVERYDAY, LARGE, World

STATUS = {GET: 200, LIST: 200, CREATE: 201}
OUTPUT = Path("build")
console = Console(highlight=False, width=None if sys.stdout.isatty() else 130)


@dataclass(frozen=True, slots=True)
class Stage:
    """What stands before the first request: the machine, the databases, who runs on them."""

    machine: Machine
    folder: Path
    world: World
    peers: list[Peer]
    headers: dict[str, dict[str, str]]

    def target(self, running: Running) -> Target:
        return Target(running.port, self.headers.get(running.name, {}))


def main(
    large: Annotated[bool, typer.Option(help="500 000 applications instead of 20 000.")] = False,
    rounds: Annotated[int, typer.Option(min=1, help="Rounds, each measuring every server and request once.")] = 5,
    seconds: Annotated[float, typer.Option(min=0.2, help="Length of one window.")] = 2.0,
    connections: Annotated[int, typer.Option(min=1, help="Connections of the load.")] = 16,
    joined: Annotated[bool, typer.Option(help="Measure naive with joined loads, too.")] = False,
    profile: Annotated[bool, typer.Option(help="Profile our service instead of measuring.")] = False,
) -> None:
    """Measure the service beside its peers and write build/bench.json."""
    if not sys.platform.startswith("linux"):
        raise typer.BadParameter("the benchmark reads /proc: it runs on Linux only")
    plan = Plan(rounds, seconds, connections, patience_seconds=900 if large else 200)
    try:
        with _stage(World(LARGE if large else EVERYDAY), plan, joined=joined) as stage:
            missed = _profile(stage, plan) if profile else _measure(stage, plan)
    except (AnswersDiffer, UnexpectedAnswer, ServerFailed) as error:
        console.print(f"[bold red]{type(error).__name__}[/]: ", end="")
        console.print(str(error), markup=False)
        raise typer.Exit(2) from None
    raise typer.Exit(1 if missed else 0)


@contextmanager
def _stage(world: World, plan: Plan, *, joined: bool = False) -> Iterator[Stage]:
    with tempfile.TemporaryDirectory(prefix="ats-bench-") as name, embedded.running(name, fsync=False) as server:
        folder = Path(name)
        machine = _machine(server)
        with console.status("seeding"):
            token, master = _seed(server, world)
        environments = _environments(server, folder, master, plan)
        peers = [
            Peer(OURS, "scripts.bench.ours:application", environments[OURS], probe="/readyz"),
            Peer(BARE, "scripts.bench.peers.bare:application", environments[BARE]),
            Peer(NAIVE, "scripts.bench.peers.naive:application", environments[NAIVE]),
        ]
        if joined:
            environment = {**environments[JOINED], "ATS_BENCH_LOADS": JOINED}
            peers.append(Peer(JOINED, "scripts.bench.peers.naive:application", environment))
        yield Stage(machine, folder, world, peers, {OURS: {"Authorization": f"Bearer {token}"}})


def _machine(server: Server) -> Machine:
    """Our servers have one core for themselves; PostgreSQL and the load share the other."""
    postgres = int((server.data_folder / "postmaster.pid").read_text().splitlines()[0])
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        console.print("[yellow]only one core: nobody is pinned, latencies mean little")
        return Machine(postgres, frozenset(), frozenset())
    procfs.pin(postgres, {cores[0]})
    os.sched_setaffinity(0, {cores[0]})
    return Machine(postgres, frozenset({cores[1]}), frozenset({cores[0]}))


def _seed(server: Server, world: World) -> tuple[str, str]:
    """Fill all databases; gives our API key and our master key."""
    master = MasterKey.generate()
    migrate.upgrade(server.owner_url, app_role="ats_app")
    token = seed.seed(server.superuser_url, world, MasterKey.parse(master))
    server.create_database(BARE)
    schema.seed(server.url("ats_owner", BARE), world)
    server.create_database(NAIVE, BARE)
    server.create_database(JOINED, BARE)
    return token, master


def _environments(server: Server, folder: Path, master: str, plan: Plan) -> dict[str, dict[str, str]]:
    pool = str(plan.connections)
    peers = {
        name: {"ATS_BENCH_DATABASE_URL": server.url("ats_owner", name), "ATS_BENCH_POOL": pool}
        for name in (BARE, NAIVE, JOINED)
    }
    return {OURS: our_environment(server.app_url, folder, master, plan.connections), **peers}


def _measure(stage: Stage, plan: Plan) -> bool:
    """Compare, measure, report; whether a `must` is missed."""
    with ExitStack() as running:
        with console.status("starting the servers and comparing their answers"):
            servers = [
                running.enter_context(serving(peer, stage.folder, stage.machine.server_cores)) for peer in stage.peers
            ]
            workloads = {server.name: Workload(stage.world, stage.target(server)) for server in servers}
            compare({name: workload.sample() for name, workload in workloads.items()})
        console.print(f"{', '.join(workloads)}: the same answers")
        subjects = [_subject(server, workloads[server.name], kind) for server in servers for kind in STATUS]
        with _progress(len(subjects) * (1 + plan.rounds) + singles.STEPS) as step:
            results = _rounds(Bench(stage.machine, plan, step), subjects, plan.rounds)
            ours, pages = servers[0], workloads[OURS].pages()
            single = singles.all_of(stage.machine, ours.pid, stage.target(ours), pages, step)
        peaks = {server.name: procfs.peak_bytes(server.pid) for server in servers}
        sizes = workloads[OURS].sizes()
    lines = report.judged(results, single)
    report.show(console, results, lines, peaks, sizes)
    facts = {"applications": stage.world.size, "peak_bytes": peaks, "body_bytes": sizes}
    report.write(OUTPUT / "bench.json", results, lines, facts)
    console.print(f"everything in {OUTPUT / 'bench.json'}")
    return any(word == "FAIL" for _, _, word in lines)


def _rounds(bench: Bench, subjects: list[Subject], rounds: int) -> Results:
    for subject in subjects:
        bench.warm_up(subject)
    for number in range(1, rounds + 1):
        bench.round(number, subjects)
    return bench.results


@contextmanager
def _progress(steps: int) -> Iterator[Callable[[str], None]]:
    """A bar of so many steps; each call moves on to the step that it names."""
    bar = Progress(
        SpinnerColumn(), TextColumn("{task.description:<40}"), BarColumn(), TimeElapsedColumn(), console=console
    )
    with bar:
        task = bar.add_task("", total=steps)
        yield lambda text: bar.update(task, advance=1, description=text)


def _subject(server: Running, workload: Workload, kind: str) -> Subject:
    return Subject(server.name, kind, server.pid, workload.target, STATUS[kind], workload.requests(kind))


def _profile(stage: Stage, plan: Plan) -> bool:
    """Profile our service under each kind of request, in a server of its own."""
    OUTPUT.mkdir(exist_ok=True)
    spies = profiling.has_py_spy()
    for kind in STATUS:
        output = (OUTPUT / f"bench-{kind}").absolute().with_suffix(".speedscope.json" if spies else ".pstats")
        launcher = [sys.executable] if spies else profiling.launcher(output)
        with serving(stage.peers[0], stage.folder, stage.machine.server_cores, launcher) as server:
            workload = Workload(stage.world, stage.target(server))
            workload.walk()
            bench = Bench(stage.machine, plan, console.print)
            subject = _subject(server, workload, kind)
            bench.warm_up(subject)
            with profiling.Spy(server.pid, output) if spies else ExitStack():
                bench.round(1, [subject])
        console.print(f"{kind}: {output}" if spies else profiling.table(output), markup=False)
    return False


if __name__ == "__main__":
    typer.run(main)
