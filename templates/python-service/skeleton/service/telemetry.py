"""OpenTelemetry, set by nothing but its own `OTEL_*` variables."""

import os

from fastapi import FastAPI
from opentelemetry.distro import OpenTelemetryConfigurator
from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
from opentelemetry.sdk.resources import OTELResourceDetector

# Nothing is sent anywhere unless the environment asks for it.
_DEFAULTS = {
    "OTEL_TRACES_EXPORTER": "none",
    "OTEL_METRICS_EXPORTER": "none",
    "OTEL_LOGS_EXPORTER": "none",
    "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
    # The stable names: without it the duration is in milliseconds under an older name, which no objective reads.
    "OTEL_SEMCONV_STABILITY_OPT_IN": "http",
}

# Probes are answered every few seconds whatever happens, and would hide what users see.
_PROBES = "//[^/]+/(livez|readyz)$"


def start_telemetry(*, service: str, version: str) -> None:
    """Starts tracing and metrics as the environment says; once per process, before the application is built."""
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("OTEL_SERVICE_NAME", service)
    given = OTELResourceDetector().detect().attributes
    OpenTelemetryConfigurator().configure(resource_attributes={"service.version": version, **given})


def instrument(app: FastAPI) -> None:
    """Gives every request but the probes a span and a place in `http_server_request_duration_seconds`."""
    FastAPIInstrumentor.instrument_app(app, excluded_urls=_PROBES, exclude_spans=["receive", "send"])
