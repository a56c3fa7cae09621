"""Runs the site's real server on a free port of this machine, and ends it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection

HOST = "127.0.0.1"
# A page is work for the processor: more threads than this only wait for each other.
THREADS = 4
SECONDS_TO_START = 30
SECONDS_TO_STOP = 10


@contextmanager
def running(environment: Mapping[str, str]) -> Iterator[int]:
    """A server of one worker with ``environment``; yields its port once it answers.

    ``RuntimeError`` when it does not. Whatever happens inside, the server is gone afterwards.
    """
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1"]
    command += ["--host", HOST, "--port", str(port), "--blocking-threads", str(THREADS)]
    command += ["--no-access-log", "--log-level", "warning", "tests.performance.wsgi:application"]
    # In a session of its own: Ctrl-C reaches this program only, which then ends the server.
    process = subprocess.Popen(command, env=dict(environment), start_new_session=True)  # noqa: S603
    try:
        _wait_until_ready(process, port)
        yield port
    finally:
        _end(process)


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        port: int = listener.getsockname()[1]
        return port


def _wait_until_ready(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        connection = HTTPConnection(HOST, port, timeout=SECONDS_TO_START)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except ConnectionError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise RuntimeError(f"The server did not answer on port {port}; its own words stand above.")


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask the server to stop; after a while end it and its worker, which share its session."""
    process.terminate()
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
