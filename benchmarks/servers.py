"""Start a gunicorn on loopback, and read what its processes cost from /proc."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_START_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """A running server: its port and the process id of its master."""

    port: int
    pid: int

    def processes(self) -> list[int]:
        """The master and its workers."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return [self.pid, *map(int, children)]

    def cpu_seconds(self) -> float:
        """CPU time used so far by all its processes, user and system."""
        return sum(_cpu_ticks(pid) for pid in self.processes()) / _TICK

    def worker_rss_mb(self) -> float:
        """Resident memory of the largest worker, in MB."""
        workers = self.processes()[1:]
        return max(int(_stat(pid)[21]) * _PAGE for pid in workers) / 1e6

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, bytes]:
        """One request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path, headers=dict(headers or {}))
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def cpu_ms_per_request(self, path: str, *, count: int) -> float:
        """CPU milliseconds a request, `count` requests sent one by one."""
        before = self.cpu_seconds()
        for _ in range(count):
            status, _body = self.get(path, {"Accept-Language": "zh"})
            if status != 200:
                raise RuntimeError(f"{path} answered {status}")
        return (self.cpu_seconds() - before) * 1000 / count


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()


def _cpu_ticks(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[11]) + int(fields[12])


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(application: str, environment: Mapping[str, str]) -> Iterator[Server]:
    """Serve a WSGI application with one gunicorn worker until the block ends."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--workers=1"]
    command += ["--worker-class=gthread", "--threads=4", f"--bind=127.0.0.1:{port}", application]
    process = subprocess.Popen(
        command,
        env={**os.environ, "OMP_NUM_THREADS": "1", **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        server = Server(port, process.pid)
        _wait(server)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(server: Server) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        try:
            server.get("/healthz")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")
