"""`make bench`: requests per second of a bare view, a medicine's page, the filtered list, search.

Each page is measured as it comes from memory, and made anew, by an address that was never asked
for before; a search is always made anew. All of it on SQLite and, where it is installed, on
PostgreSQL. Then follows what a first visit transfers. The ratios stand beside the budgets of the
design, section 10; nothing is asserted. Everything runs on this machine, in a database that is
thrown away; ratios of one run can be compared, plain numbers of two machines cannot.
"""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import tests.environment  # noqa: F401
from tests.performance import postgres
from tests.performance.server import HOST, running
from tests.performance.weight import WEIGHED, Weight, weigh

# Twice the server's threads: it never waits for this program.
CONNECTIONS = 8
WARM_UP_SECONDS = 0.5
ROUNDS = 3
ROUND_SECONDS = 1.0
GROWN_TO = 1000
SLOWER_AT_MOST = 2.0


@dataclass(frozen=True)
class Subject:
    """An address to measure, and its budget as "at least one Nth of the bare view".

    ``anew``: with a number added, which a page ignores, so that it is not in memory.
    """

    name: str
    address: str
    part_of_bare: int | None = None
    anew: bool = False


MEDICINE = "/drugs/enhertu/"
LIST = "/drugs/?her2=positive&setting=metastatic"
BARE = Subject("bare view", "/bench-hello/")
SUBJECTS = (
    BARE,
    Subject("medicine", MEDICINE, part_of_bare=1),
    Subject("medicine, anew", f"{MEDICINE}?utm_id=", part_of_bare=4, anew=True),
    Subject("list", LIST, part_of_bare=1),
    Subject("list, anew", f"{LIST}&utm_id=", part_of_bare=12, anew=True),
    Subject("search, a name", "/search/?q=ibrance"),
    Subject("search, misspelt", "/search/?q=herseptin+side+affects"),
    Subject("search, a question", "/search/?q=can+i+drink+grapefruit+juice+with+my+treatment"),
    Subject("search, common", "/search/?q=treatment"),
    Subject("suggestions", "/search/suggest/?q=trast"),
)
_numbers = count()


@dataclass(frozen=True)
class Measured:
    """What one address did: requests a second, the server's processor time for one, its answer."""

    rate: float
    milliseconds: float
    kib: float
    results: int


def main() -> None:
    """Prepare, measure with the starter medicines and with a grown catalogue, print."""
    # An end from outside leaves through the same door as Ctrl-C, past the server's end.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    _bench("SQLite", "")
    folder = postgres.programs()
    if folder is None:
        _say("\nPostgreSQL is not installed (Debian: apt-get install postgresql).")
        return
    with postgres.running(folder) as address:
        _bench("PostgreSQL", address)


def _bench(name: str, address: str) -> None:
    """The tables of one database; without an ``address`` it is SQLite."""
    with TemporaryDirectory(prefix="guide-bench-") as directory:
        environment = _environment(Path(directory), address)
        _say(f"\n{name}: preparing a site with the starter content ...")
        _manage(environment, "migrate", "--verbosity", "0")
        _manage(environment, "collectstatic", "--no-input", "--verbosity", "0")
        _manage(environment, "load_content", "--live-unreviewed", "--verbosity", "0")
        with running(environment) as port:
            _say("Measuring ...")
            small = _measure_all(port)
            _manage(environment, "shell", "--verbosity", "0", "--command", _grow_command())
            _say(f"Measuring with {GROWN_TO:,} medicines ...")
            large = _measure_all(port)
            weights = [weigh(port, address) for address in WEIGHED]
    _print_table(small, large)
    _print_weights(weights)


def _environment(directory: Path, address: str) -> dict[str, str]:
    """Production's settings over a database and static files in ``directory``."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tgsite.settings",
        "DEBUG": "0",
        "HASHED_STATIC_FILES": "1",
        "VAR_DIR": str(directory),
        "DATABASE_URL": address or f"sqlite:///{directory / 'guide.sqlite3'}",
        "CACHE_URL": "locmemcache://",
    }


def _manage(environment: Mapping[str, str], *arguments: str) -> None:
    subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", *arguments],
        env=dict(environment),
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _grow_command() -> str:
    return f"from tests.performance.catalogue import grow; grow({GROWN_TO})"


def _measure_all(port: int) -> dict[Subject, Measured]:
    """Every subject in turn, in rounds, so that a busy moment of the machine hits all alike."""
    for subject in SUBJECTS:
        _run(port, subject, WARM_UP_SECONDS)
    runs: dict[Subject, list[tuple[float, float]]] = {subject: [] for subject in SUBJECTS}
    for _round in range(ROUNDS):
        for subject in SUBJECTS:
            runs[subject].append(_run(port, subject, ROUND_SECONDS))
    return {subject: _summary(port, subject, runs[subject]) for subject in SUBJECTS}


def _summary(port: int, subject: Subject, runs: list[tuple[float, float]]) -> Measured:
    rates, milliseconds = zip(*runs, strict=True)
    body = _fetch(HTTPConnection(HOST, port), _address(subject))
    return Measured(
        rate=statistics.median(rates),
        milliseconds=statistics.median(milliseconds),
        kib=len(body) / 1024,
        results=body.count(b"data-result="),
    )


def _run(port: int, subject: Subject, seconds: float) -> tuple[float, float]:
    """Ask again and again over a few kept connections.

    Returns answers per second, and the processor time of the server for one, in milliseconds.
    """
    before = _processor_seconds(port)
    start = time.perf_counter()

    def ask_until_the_end(_number: int) -> int:
        connection, asked = HTTPConnection(HOST, port), 0
        while time.perf_counter() - start < seconds:
            _fetch(connection, _address(subject))
            asked += 1
        connection.close()
        return asked

    with ThreadPoolExecutor(CONNECTIONS) as threads:
        asked = sum(threads.map(ask_until_the_end, range(CONNECTIONS)))
    rate = asked / (time.perf_counter() - start)
    return rate, (_processor_seconds(port) - before) / asked * 1000


def _address(subject: Subject) -> str:
    return f"{subject.address}{next(_numbers)}" if subject.anew else subject.address


def _processor_seconds(port: int) -> float:
    return float(_fetch(HTTPConnection(HOST, port), "/bench-processor-seconds/"))


def _fetch(connection: HTTPConnection, address: str) -> bytes:
    """The answer's body; ``RuntimeError`` for any status but 200, which measures nothing."""
    connection.request("GET", address)
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise RuntimeError(f"{address} answered {response.status}, so there is nothing to measure.")
    return body


ROW = "{:19} {:>9} {:>8} {:>6} {:>7} {:>11} {:>8} {:>7} {:>13} {:>8}"
HEADING = ("page", "medicines", "results", "KiB", "CPU ms", "requests/s", "of bare", "budget")


def _print_table(small: Mapping[Subject, Measured], large: Mapping[Subject, Measured]) -> None:
    """Two lines a page, each budget beside the ratio that it bounds."""
    _say("")
    _say(ROW.format(*HEADING, "times slower", "budget"))
    for subject in SUBJECTS:
        is_page = subject.part_of_bare is not None
        of_bare = f">= 1/{subject.part_of_bare}" if is_page else ""
        slower = f"{small[subject].rate / large[subject].rate:.2f}"
        limit = f"<= {SLOWER_AT_MOST:.2f}" if is_page else ""
        _say(_row(subject, "starter", small, of_bare, "", ""))
        _say(_row(subject, f"{GROWN_TO:,}", large, "", slower, limit))


def _print_weights(weights: Iterable[Weight]) -> None:
    """One line a page: what a first visit asks for."""
    row = "{:34} {:>8} {:>12}"
    _say("")
    _say(row.format("first visit (budget: 12, 45.0)", "requests", "KiB, packed"))
    for weight in weights:
        _say(row.format(weight.address, weight.requests, f"{weight.kib:.1f}"))


def _row(
    subject: Subject, medicines: str, measured: Mapping[Subject, Measured], *budgets: str
) -> str:
    here = measured[subject]
    cells = (
        here.results,
        f"{here.kib:.1f}",
        f"{here.milliseconds:.2f}",
        f"{here.rate:,.0f}",
        f"1/{measured[BARE].rate / here.rate:.1f}",
    )
    return ROW.format(subject.name, medicines, *cells, *budgets).rstrip()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("Stopped.")
