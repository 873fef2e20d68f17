"""What every request goes through before and after its route."""

import asyncio
import re
import time
import uuid
from http import HTTPStatus

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.problem import problem_response

_REQUEST_ID = re.compile(r"[A-Za-z0-9_.:-]{1,128}")
_MAX_BODY = 256 * 1024
_PROBES = frozenset({"/livez", "/readyz"})


class _BodyTooLargeError(Exception):
    pass


class RequestGuard:
    """Gives a request its id, its log line, its limits, and an answer whatever happens behind it."""

    def __init__(self, app: ASGIApp, *, timeout_ms: int) -> None:
        self._app = app
        self._timeout = timeout_ms / 1_000
        self._log = structlog.stdlib.get_logger()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        request_id = _request_id(scope)
        status: int | None = None

        async def send_marked(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["x-request-id"] = request_id
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                async with asyncio.timeout(self._timeout):
                    await self._app(scope, _limited(receive), send_marked)
            except Exception as error:
                if status is not None:
                    # The answer is under way and cannot be taken back: the server ends the connection.
                    raise
                await self._answer(error)(scope, receive, send_marked)
            finally:
                # Probes come every few seconds: only their failures are worth a line.
                quiet = scope["path"] in _PROBES and status == HTTPStatus.OK
                self._log.log(
                    10 if quiet else 20,
                    "Request completed",
                    method=scope["method"],
                    path=scope["path"],
                    status=status,
                    duration_ms=round((time.perf_counter() - began) * 1_000, 1),
                )

    def _answer(self, error: Exception) -> ASGIApp:
        match error:
            case TimeoutError():
                self._log.error("Request failed", reason="it took longer than REQUEST_TIMEOUT_MS")
                return problem_response(HTTPStatus.SERVICE_UNAVAILABLE, "Service unavailable")
            case _BodyTooLargeError():
                return problem_response(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Request refused", detail="body too large")
            case _:
                # What is behind a 5xx goes to the log only.
                self._log.error("Request failed", exc_info=error)
                return problem_response(HTTPStatus.INTERNAL_SERVER_ERROR, "Internal server error")


def _request_id(scope: Scope) -> str:
    given = Headers(scope=scope).get("x-request-id", "")
    return given if _REQUEST_ID.fullmatch(given) else str(uuid.uuid4())


def _limited(receive: Receive) -> Receive:
    read = 0

    async def receive_limited() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > _MAX_BODY:
            raise _BodyTooLargeError
        return message

    return receive_limited
