from datetime import UTC, datetime, time

import pytest

from tests.fakes import client_of, flags_with, make_app

_DAY = datetime(2026, 1, 1, tzinfo=UTC).date()


def test_greets_plainly_while_time_of_day_greeting_is_off() -> None:
    app = make_app(flags=flags_with({"time-of-day-greeting": "off"}))
    response = client_of(app).get("/v1/greetings/Ada")
    assert response.status_code == 200
    assert response.json() == {"greeting": "Hello, Ada"}


@pytest.mark.parametrize(
    ("at", "opening"),
    [
        (time(11, 59, 59), "Good morning"),
        (time(12), "Good afternoon"),
        (time(17, 59, 59), "Good afternoon"),
        (time(18), "Good evening"),
    ],
)
def test_greets_by_the_time_of_day_while_time_of_day_greeting_is_on(at: time, opening: str) -> None:
    app = make_app(flags=flags_with({"time-of-day-greeting": "on"}), now=lambda: datetime.combine(_DAY, at, tzinfo=UTC))
    assert client_of(app).get("/v1/greetings/Ada").json() == {"greeting": f"{opening}, Ada"}


def test_answers_while_greetings_enabled_is_on() -> None:
    app = make_app(flags=flags_with({"greetings-enabled": "on"}))
    assert client_of(app).get("/v1/greetings/Ada").status_code == 200


def test_answers_503_and_when_to_come_back_while_greetings_enabled_is_off() -> None:
    app = make_app(flags=flags_with({"greetings-enabled": "off"}))
    response = client_of(app).get("/v1/greetings/Ada")
    assert response.status_code == 503
    assert response.headers["retry-after"] == "30"
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["title"] == "Greetings are switched off"


def test_refuses_a_name_that_is_too_long() -> None:
    response = client_of(make_app()).get(f"/v1/greetings/{'a' * 65}")
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["title"] == "Request refused"
    assert "path.name" in response.json()["detail"]
