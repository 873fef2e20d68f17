"""`/livez`: the process answers; `/readyz`: traffic may be sent here."""

from http import HTTPStatus
from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel

from service.flags import Flags
from service.readiness import Readiness, ReadinessState


class Liveness(BaseModel):
    status: Literal["alive"] = "alive"


class ReadinessAnswer(BaseModel):
    status: ReadinessState
    flags: str


def health_routes(*, readiness: Readiness, flags: Flags) -> APIRouter:
    router = APIRouter(tags=["health"])

    @router.get("/livez")
    async def livez() -> Liveness:
        return Liveness()

    @router.get("/readyz", responses={503: {"model": ReadinessAnswer}})
    async def readyz(response: Response) -> ReadinessAnswer:
        # The flag provider is shown and never decides: its defaults are safe.
        if readiness.state != "ready":
            response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        return ReadinessAnswer(status=readiness.state, flags=flags.status())

    return router
