import asyncio
import io
import json

import pytest
import structlog
from fastapi import Request

from service.logs import configure_logs
from service.readiness import Readiness
from tests.fakes import client_of, make_app


def test_lives_whatever_the_readiness() -> None:
    response = client_of(make_app(readiness=Readiness())).get("/livez")
    assert response.status_code == 200
    assert response.json() == {"status": "alive"}


def test_is_ready_only_between_start_and_draining() -> None:
    readiness = Readiness()
    client = client_of(make_app(readiness=readiness))
    assert client.get("/readyz").status_code == 503
    readiness.started()
    assert client.get("/readyz").json() == {"status": "ready", "flags": "READY"}
    readiness.drain()
    readiness.started()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["status"] == "draining"


def test_takes_the_request_id_of_the_caller() -> None:
    response = client_of(make_app()).get("/nowhere", headers={"x-request-id": "abc-1:2"})
    assert response.headers["x-request-id"] == "abc-1:2"
    assert response.json()["requestId"] == "abc-1:2"


@pytest.mark.parametrize("given", ["", "a b", "a" * 129, "semi;colon"])
def test_makes_a_request_id_where_none_is_acceptable(given: str) -> None:
    first, second = (client_of(make_app()).get("/livez", headers={"x-request-id": given}) for _ in range(2))
    assert first.headers["x-request-id"] not in {given, second.headers["x-request-id"]}


@pytest.mark.parametrize(
    ("method", "path", "status", "title"),
    [("GET", "/nowhere", 404, "Not found"), ("POST", "/livez", 405, "Method not allowed")],
)
def test_answers_wrong_addresses_with_a_problem(method: str, path: str, status: int, title: str) -> None:
    response = client_of(make_app()).request(method, path)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["title"] == title


def test_hides_what_is_behind_an_error_and_logs_it() -> None:
    app = make_app()

    @app.get("/broken")
    async def broken() -> None:
        raise ZeroDivisionError("the secret")

    log = io.StringIO()
    configure_logs(service="pay", version="1.2.3", level="info", stream=log)
    response = client_of(app).get("/broken", headers={"x-request-id": "r-1"})
    assert response.status_code == 500
    assert response.headers["x-request-id"] == "r-1"
    assert response.json() == {
        "type": "about:blank",
        "title": "Internal server error",
        "status": 500,
        "requestId": "r-1",
    }
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    failed = next(line for line in lines if line["event"] == "Request failed")
    assert "the secret" in failed["exception"]
    assert failed["request_id"] == "r-1"


def test_gives_up_on_a_request_that_takes_too_long() -> None:
    app = make_app(request_timeout_ms=100)

    @app.get("/slow")
    async def slow() -> None:
        await asyncio.sleep(60)

    response = client_of(app).get("/slow")
    assert response.status_code == 503
    assert response.json()["title"] == "Service unavailable"


def test_refuses_a_body_that_is_too_large() -> None:
    app = make_app()

    @app.post("/echo")
    async def echo(request: Request) -> int:
        return len(await request.body())

    client = client_of(app)
    assert client.post("/echo", content=b"a" * 256 * 1024).json() == 256 * 1024
    assert client.post("/echo", content=b"a" * (256 * 1024 + 1)).status_code == 413


def test_logs_requests_and_no_good_probes() -> None:
    log = io.StringIO()
    configure_logs(service="pay", version="1.2.3", level="info", stream=log)
    client = client_of(make_app())
    client.get("/readyz")
    client.get("/v1/greetings/Ada")
    [line] = [entry for entry in map(json.loads, log.getvalue().splitlines()) if entry["event"] == "Request completed"]
    assert line["path"] == "/v1/greetings/Ada"
    assert line["status"] == 200
    assert (line["service"], line["version"]) == ("pay", "1.2.3")


def test_logs_lines_of_libraries_in_the_same_form() -> None:
    log = io.StringIO()
    configure_logs(service="pay", version="1.2.3", level="warning", stream=log)
    structlog.stdlib.get_logger("library").info("not said")
    structlog.stdlib.get_logger("library").warning("said")
    [line] = map(json.loads, log.getvalue().splitlines())
    assert line["event"] == "said"
    assert line["level"] == "warning"
