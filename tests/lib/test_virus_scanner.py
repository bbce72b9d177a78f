"""The scanner's client, against the real protocol: only a plain verdict counts."""

import asyncio
from pathlib import Path

import pytest

from impl.lib.virus_scanner import ScannerAway, Verdict, VirusScanner, verdict_of
from impl.settings_sections import ScannerSettings
from tests.support.fake_clamd import EICAR, NAME, FakeClamd, fake_clamd

pytestmark = pytest.mark.promise("C8")


async def test_a_content_of_any_length_arrives_whole_and_is_judged() -> None:
    async with fake_clamd() as fake:
        scanner = VirusScanner(fake.address, 5.0)
        for content in (b"", b"x", b"y" * (64 * 1024), b"z" * (3 * 64 * 1024 + 7)):
            assert await scanner.scan(content) == Verdict()
            assert fake.scanned[-1] == content
        assert await scanner.scan(b"z" * 70_000 + EICAR) == Verdict(NAME.decode())


async def test_it_is_reached_by_a_socket_of_the_machine(tmp_path: Path) -> None:
    fake = FakeClamd()
    async with await asyncio.start_unix_server(fake.serve, tmp_path / "clamd.ctl"):
        settings = ScannerSettings(address=f"unix://{tmp_path}/clamd.ctl")
        assert settings.address is not None
        assert await VirusScanner(settings.address, 5.0).scan(EICAR) == Verdict(NAME.decode())


@pytest.mark.parametrize(
    "answer",
    [b"INSTREAM size limit exceeded. ERROR", b"stream: OK\n", b"OK", b"", b"stream: ", b"x" * 8192, b"stream: X ERROR"],
)
async def test_what_is_no_verdict_is_none(answer: bytes) -> None:
    with pytest.raises(ScannerAway):
        verdict_of(answer)
    async with fake_clamd() as fake:
        fake.answer = answer or b"\0"
        with pytest.raises(ScannerAway):
            await VirusScanner(fake.address, 5.0).scan(b"x")


async def test_one_that_says_nothing_or_is_not_there_is_away() -> None:
    async with fake_clamd() as fake:
        fake.is_silent = True
        with pytest.raises(ScannerAway, match="TimeoutError"):
            await VirusScanner(fake.address, 0.2).scan(b"x")
    with pytest.raises(ScannerAway):
        await VirusScanner(fake.address, 5.0).scan(b"x")


def test_what_it_calls_its_find_is_not_believed() -> None:
    assert verdict_of(b"stream: " + b"a\r\nb\xff" * 100 + b" FOUND").finding is not None
    assert len(verdict_of(b"stream: " + b"a" * 999 + b" FOUND").finding or "") == 100
    assert verdict_of(b"stream: a\nb FOUND") == Verdict("a?b")
