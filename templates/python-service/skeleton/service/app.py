"""The HTTP application: limits, request ids, errors and routes."""

from collections.abc import Callable
from datetime import UTC, datetime

from fastapi import FastAPI

from service.flags import Flags
from service.problem import register_problems
from service.readiness import Readiness
from service.request_guard import RequestGuard
from service.routes.greetings import greeting_routes
from service.routes.health import health_routes
from service.settings import Settings
from service.telemetry import instrument


def _now() -> datetime:
    return datetime.now(UTC)


def build_app(*, settings: Settings, flags: Flags, readiness: Readiness, now: Callable[[], datetime] = _now) -> FastAPI:
    """Builds the application; it does not listen yet."""
    # openapi.yaml is the contract: nothing else is published.
    app = FastAPI(openapi_url=None)
    app.add_middleware(RequestGuard, timeout_ms=settings.request_timeout_ms)
    register_problems(app)
    app.include_router(health_routes(readiness=readiness, flags=flags))
    app.include_router(greeting_routes(flags=flags, now=now))
    instrument(app)
    return app
