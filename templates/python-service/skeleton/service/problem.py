"""Errors as problem details (RFC 9457)."""

from collections.abc import Mapping
from http import HTTPStatus

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException


class Problem(BaseModel):
    """What every answer but a success holds."""

    type: str
    title: str
    status: int
    detail: str | None = None
    requestId: str  # noqa: N815


class ProblemError(Exception):
    """Raised by a route to answer with a problem."""

    def __init__(self, status: HTTPStatus, title: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(title)
        self.status = status
        self.title = title
        self.headers = headers


def problem_response(
    status: int, title: str, *, detail: str | None = None, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """The answer for an error, with the request id to look it up by."""
    request_id = structlog.contextvars.get_contextvars().get("request_id", "")
    problem = Problem(type="about:blank", title=title, status=status, detail=detail, requestId=request_id)
    return JSONResponse(
        problem.model_dump(exclude_none=True),
        status_code=status,
        headers=dict(headers or {}),
        media_type="application/problem+json",
    )


def register_problems(app: FastAPI) -> None:
    """Turns what routes raise, wrong input and unknown addresses into problem details."""

    @app.exception_handler(ProblemError)
    async def answer_problem(_request: Request, error: ProblemError) -> JSONResponse:
        return problem_response(error.status, error.title, headers=error.headers)

    @app.exception_handler(HTTPException)
    async def answer_http_error(_request: Request, error: HTTPException) -> JSONResponse:
        title = HTTPStatus(error.status_code).phrase.capitalize()
        return problem_response(error.status_code, title, headers=error.headers)

    @app.exception_handler(RequestValidationError)
    async def answer_wrong_input(_request: Request, error: RequestValidationError) -> JSONResponse:
        # What was sent is left out: it may be anything.
        detail = "; ".join(f"{'.'.join(str(part) for part in each['loc'])}: {each['msg']}" for each in error.errors())
        return problem_response(HTTPStatus.BAD_REQUEST, "Request refused", detail=detail)
