"""A uvicorn that gives up on slow clients and ends in order on a signal."""

import asyncio
import contextlib
import os
import signal
import socket
from collections.abc import Generator

import h11
import structlog
import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

from service.readiness import Readiness
from service.settings import Settings

# Longer than the 60 s most load balancers keep an idle connection, so that they close it first.
_KEEP_ALIVE_S = 65


class _TimedProtocol(H11Protocol):
    """HTTP/1.1 that closes a connection whose request head does not arrive in time, which uvicorn leaves open."""

    head_timeout = 10.0
    _head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        self._await_head()
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._stop_waiting()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def _await_head(self) -> None:
        if self._head_timer is None and self.conn.their_state is h11.IDLE:
            self._head_timer = self.loop.call_later(self.head_timeout, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None


class Server(uvicorn.Server):
    """Serves until SIGTERM or SIGINT, then: readiness off, drain, finish what is in flight, stop.

    SIGINT comes from a person at a terminal and does not drain. Only the first signal counts. After the deadline the
    process ends with 1, whatever is still open.
    """

    def __init__(self, app: FastAPI, *, settings: Settings, readiness: Readiness) -> None:

        class Protocol(_TimedProtocol):
            head_timeout = settings.request_timeout_ms / 1_000

        super().__init__(
            uvicorn.Config(
                app,
                host=settings.host,
                port=settings.port,
                http=Protocol,
                ws="none",
                lifespan="off",
                # The logs are configured once, and a request has its line from the application.
                log_config=None,
                access_log=False,
                server_header=False,
                # Addresses of clients are not used: no header is believed.
                proxy_headers=False,
                timeout_keep_alive=_KEEP_ALIVE_S,
            )
        )
        self._readiness = readiness
        self._drain = settings.shutdown_drain_ms / 1_000
        self._deadline = settings.shutdown_deadline_ms / 1_000
        self._stopping: asyncio.Task[None] | None = None
        self._log = structlog.stdlib.get_logger()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Handles the signals itself: uvicorn stops accepting at once and dies of the signal in the end."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop, number)
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._readiness.started()
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            self._log.info("Listening", host=host, port=port)

    def stop(self, number: signal.Signals) -> None:
        """Begins the orderly end."""
        if self._stopping is None:
            self._readiness.drain()
            self._log.info("Shutting down", signal=number.name)
            asyncio.get_running_loop().call_later(self._deadline, self._give_up)
            drain = 0.0 if number == signal.SIGINT else self._drain
            self._stopping = asyncio.create_task(self._exit_after(drain))

    async def _exit_after(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        self.should_exit = True

    def _give_up(self) -> None:
        self._log.error("Shutdown deadline passed", deadline_ms=round(self._deadline * 1_000))
        os._exit(1)
