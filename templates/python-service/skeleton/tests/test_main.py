"""The service as a process, the way it runs."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx2 as httpx
import pytest

Line = dict[str, Any]

# The service with a route that takes as long as a request may.
_SLOW = """
import asyncio
from service import __main__ as service

build_app = service.build_app

def build_slow_app(**parts):
    app = build_app(**parts)

    @app.get("/slow")
    async def slow():
        await asyncio.sleep(60)

    return app

service.build_app = build_slow_app
service.main()
"""


class Service:
    """A started service; `base` is where it listens."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[Line] = []
        assert process.stdout is not None
        for text in process.stdout:
            line: Line = json.loads(text)
            self.lines.append(line)
            if line["event"] == "Listening":
                self.base = f"http://{line['host']}:{line['port']}"
                break
        else:
            raise AssertionError(f"It ended before it listened: {self.lines}")
        # The pipe must be emptied, or the service waits for room in it.
        self._reader = threading.Thread(target=self._read, args=(process.stdout,), daemon=True)
        self._reader.start()

    def _read(self, stream: Iterator[str]) -> None:
        self.lines.extend(json.loads(text) for text in stream)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        code = self.process.wait(timeout=30)
        self._reader.join()
        return code

    @property
    def events(self) -> list[str]:
        return [line["event"] for line in self.lines]


def start(*arguments: str, **env: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *(arguments or ("-m", "service"))],
        env={**os.environ, "PORT": "0", "SHUTDOWN_DRAIN_MS": "50", **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def serving(*arguments: str, **env: str) -> Iterator[Service]:
    with start(*arguments, **env) as process:
        try:
            yield Service(process)
        finally:
            process.kill()


def test_serves_and_ends_with_0_on_sigterm() -> None:
    with serving() as service:
        assert httpx.get(f"{service.base}/readyz").json() == {"status": "ready", "flags": "READY"}
        assert httpx.get(f"{service.base}/v1/greetings/Ada").json() == {"greeting": "Hello, Ada"}
        assert service.stop() == 0
    assert service.events[-1] == "Shut down"


def test_serves_while_it_drains_and_says_that_it_is_not_ready() -> None:
    with serving(SHUTDOWN_DRAIN_MS="2000") as service, httpx.Client(base_url=service.base) as client:
        client.get("/livez")
        service.process.send_signal(signal.SIGTERM)
        while (ready := client.get("/readyz")).status_code == 200:
            pass
        assert ready.json()["status"] == "draining"
        assert client.get("/v1/greetings/Ada").status_code == 200
        assert service.process.wait(timeout=30) == 0


def test_ends_with_1_when_a_request_is_in_flight_at_the_deadline() -> None:
    with serving("-c", _SLOW, SHUTDOWN_DEADLINE_MS="1000", SHUTDOWN_DRAIN_MS="0") as service:
        host, port = service.base.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(b"GET /slow HTTP/1.1\r\nHost: here\r\n\r\n")
            httpx.get(f"{service.base}/livez")
            assert service.stop() == 1
    assert "Shutdown deadline passed" in service.events


def test_closes_a_connection_whose_request_does_not_arrive() -> None:
    with serving(REQUEST_TIMEOUT_MS="200") as service:
        host, port = service.base.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=30) as connection:
            connection.sendall(b"GET /livez HTTP/1.1\r\nHost: he")
            assert connection.recv(1) == b""
        assert service.stop() == 0


def test_serves_on_flag_defaults_while_flagd_cannot_be_reached() -> None:
    with serving(FLAG_PROVIDER="flagd", FLAG_DEADLINE_MS="100", FLAGD_HOST="127.0.0.1", FLAGD_PORT="1") as service:
        ready = httpx.get(f"{service.base}/readyz")
        assert ready.status_code == 200
        assert ready.json()["flags"] != "READY"
        assert httpx.get(f"{service.base}/v1/greetings/Ada").json() == {"greeting": "Hello, Ada"}
        assert service.stop() == 0
    assert "Flag provider is down: flag defaults hold" in service.events


def test_does_not_start_on_a_wrong_configuration_and_says_which_variable_it_is() -> None:
    with start(PORT="eighty") as process:
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "PORT" in errors


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def test_counts_requests_under_the_names_the_objectives_read(free_port: int) -> None:
    with serving(
        OTEL_METRICS_EXPORTER="prometheus",
        OTEL_EXPORTER_PROMETHEUS_HOST="127.0.0.1",
        OTEL_EXPORTER_PROMETHEUS_PORT=str(free_port),
        OTEL_SERVICE_NAME="pay",
    ) as service:
        httpx.get(f"{service.base}/livez")
        httpx.get(f"{service.base}/v1/greetings/Ada")
        httpx.get(f"{service.base}/v1/greetings/{'a' * 65}")
        text = httpx.get(f"http://127.0.0.1:{free_port}/metrics").text
        assert service.stop() == 0
    count = _reader(text)
    labels = {"http_request_method": "GET", "http_route": "/v1/greetings/{name}"}
    series = "http_server_request_duration_seconds"
    assert count(f"{series}_count", {**labels, "http_response_status_code": "200"}) == 1
    assert count(f"{series}_count", {**labels, "http_response_status_code": "400"}) == 1
    assert count(f"{series}_bucket", {**labels, "http_response_status_code": "200", "le": "0.25"}) == 1
    assert count("target_info", {"service_name": "pay", "service_version": "0.1.0"}) == 1
    assert "/livez" not in text


def _reader(text: str) -> Callable[[str, dict[str, str]], float]:
    """Sum of the series of a scrape that have a name and these labels."""

    def count(name: str, labels: dict[str, str]) -> float:
        return sum(
            float(value)
            for written, value in re.findall(rf"^{name}{{(.*)}} (\S+)$", text, re.MULTILINE)
            if labels.items() <= dict(re.findall(r'(\w+)="([^"]*)"', written)).items()
        )

    return count
