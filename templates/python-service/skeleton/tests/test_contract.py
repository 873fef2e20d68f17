"""The running application against `openapi.yaml`, with the flags in every state."""

from itertools import product
from typing import Any, Literal

import pytest
import schemathesis
import yaml
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error

from tests.fakes import flags_with, make_app

State = Literal["on", "off"]

SCHEMA = schemathesis.openapi.from_path("openapi.yaml")


@pytest.mark.parametrize(("enabled", "by_time"), list(product(("on", "off"), repeat=2)))
@SCHEMA.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_answers_as_the_contract_says(case: Case[Any], enabled: State, by_time: State) -> None:
    app = make_app(flags=flags_with({"greetings-enabled": enabled, "time-of-day-greeting": by_time}))
    response = case.call(app=app)
    # The contract has an answer for a kill switch that is pulled: 503.
    case.validate_response(response, excluded_checks=[not_a_server_error])


def test_the_application_has_the_operations_of_the_contract_and_no_others() -> None:
    with open("openapi.yaml", encoding="utf-8") as file:
        contract: dict[str, Any] = yaml.safe_load(file)
    app = make_app()
    paths = {path: item for path, item in app.openapi()["paths"].items() if path not in {"/livez", "/readyz"}}
    assert {path: set(item) for path, item in paths.items()} == {
        path: set(item) for path, item in contract["paths"].items()
    }
