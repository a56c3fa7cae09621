"""A PostgreSQL of our own for as long as something is measured; nothing of it stays."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.performance.server import HOST, free_port

# Where Debian keeps what is not on the path.
FOLDERS = "/usr/lib/postgresql/*/bin"


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest; nothing where it is not installed."""
    found = [path.parent for path in sorted(Path("/").glob(f"{FOLDERS[1:]}/initdb"))]
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else (found[-1] if found else None)


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """A server on a free port of this machine; yields the address of its database."""
    with TemporaryDirectory(prefix="guide-postgres-", ignore_cleanup_errors=True) as directory:
        data, port = Path(directory) / "data", free_port()
        if os.geteuid() == 0:
            shutil.chown(directory, "postgres")
        options = f"-p {port} -c listen_addresses={HOST} -c unix_socket_directories={directory}"
        _run(folder / "initdb", "-D", data, "-U", "guide", "--auth=trust", "--encoding=UTF8")
        _run(folder / "pg_ctl", "-D", data, "-w", "-l", data / "log", "-o", options, "start")
        try:
            yield f"postgres://guide@{HOST}:{port}/postgres"
        finally:
            _run(folder / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def _run(*command: object) -> None:
    """Run one of its programs, which refuse to be run by root."""
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run(  # noqa: S603
        [*as_postgres, *map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd="/"
    )
