"""`GET /v1/greetings/{name}`, the example of a route behind a kill switch and a release flag."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel

from service.flags import Flags
from service.problem import Problem, ProblemError

_NOON = 12
_EVENING = 18


class Greeting(BaseModel):
    greeting: str


def greeting_routes(*, flags: Flags, now: Callable[[], datetime]) -> APIRouter:
    router = APIRouter(prefix="/v1/greetings", tags=["greetings"])

    @router.get("/{name}", responses={400: {"model": Problem}, 503: {"model": Problem}})
    async def greet(name: Annotated[str, Path(min_length=1, max_length=64)]) -> Greeting:
        if not await flags.is_on("greetings-enabled", name):
            raise ProblemError(
                HTTPStatus.SERVICE_UNAVAILABLE, "Greetings are switched off", headers={"retry-after": "30"}
            )
        opening = _opening_at(now()) if await flags.is_on("time-of-day-greeting", name) else "Hello"
        return Greeting(greeting=f"{opening}, {name}")

    return router


def _opening_at(time: datetime) -> str:
    if time.hour < _NOON:
        return "Good morning"
    return "Good afternoon" if time.hour < _EVENING else "Good evening"
