"""What the tests put in place of the outside."""

import itertools
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal

from fastapi import FastAPI
from fastapi.testclient import TestClient
from openfeature.provider.in_memory_provider import InMemoryFlag, InMemoryProvider

from service.app import build_app
from service.flags import FlagKey, Flags, connect_flags
from service.readiness import Readiness
from service.settings import Settings

_domains = itertools.count()


def fresh_domain() -> str:
    """A name no other connection has."""
    return f"test-{next(_domains)}"


def flags_with(states: dict[FlagKey, Literal["on", "off"]] | None = None) -> Flags:
    """Flags of which those named are on or off, and the others unknown to the provider."""
    provider = InMemoryProvider(
        {
            key: InMemoryFlag(default_variant=state, variants={"on": True, "off": False})
            for key, state in (states or {}).items()
        }
    )
    return connect_flags(provider, domain=fresh_domain())


def make_app(
    *,
    flags: Flags | None = None,
    readiness: Readiness | None = None,
    now: Callable[[], datetime] = lambda: datetime(2026, 1, 1, tzinfo=UTC),
    request_timeout_ms: int = 10_000,
) -> FastAPI:
    """The real application; ready unless told otherwise."""
    if readiness is None:
        readiness = Readiness()
        readiness.started()
    settings = Settings(request_timeout_ms=request_timeout_ms)
    return build_app(settings=settings, flags=flags or flags_with(), readiness=readiness, now=now)


def client_of(app: FastAPI) -> TestClient:
    """Calls the application without a network."""
    return TestClient(app, raise_server_exceptions=False)
