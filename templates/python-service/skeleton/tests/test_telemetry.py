import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from tests.fakes import client_of, flags_with, make_app


@pytest.fixture(scope="module")
def spans() -> InMemorySpanExporter:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    return exporter


def test_a_span_tells_route_status_and_the_flags_that_were_evaluated(spans: InMemorySpanExporter) -> None:
    spans.clear()
    client_of(make_app(flags=flags_with({"time-of-day-greeting": "on"}))).get("/v1/greetings/Ada")
    [span] = spans.get_finished_spans()
    assert span.name == "GET /v1/greetings/{name}"
    evaluated = {
        event.attributes["feature_flag.key"]: event.attributes.get("feature_flag.result.variant")
        for event in span.events
        if event.name == "feature_flag.evaluation" and event.attributes
    }
    assert evaluated == {"greetings-enabled": None, "time-of-day-greeting": "on"}
    assert "Ada" not in str([event.attributes for event in span.events])


def test_probes_have_no_span(spans: InMemorySpanExporter) -> None:
    spans.clear()
    client = client_of(make_app())
    client.get("/livez")
    client.get("/readyz")
    assert not spans.get_finished_spans()
    client.get("/v1/greetings/readyz")
    assert len(spans.get_finished_spans()) == 1
