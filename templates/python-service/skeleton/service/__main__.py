"""Puts the parts together and serves."""

import sys

import structlog

from service.app import build_app
from service.flag_provider import create_flag_provider
from service.flags import connect_flags
from service.logs import configure_logs
from service.readiness import Readiness
from service.server import Server
from service.settings import SettingsError, load_settings, service_version
from service.telemetry import start_telemetry


def main() -> None:
    """Runs the service until it is told to stop."""
    try:
        settings = load_settings()
    except SettingsError as error:
        sys.exit(f"Cannot start: {error}")
    name, version = settings.otel_service_name, service_version()
    configure_logs(service=name, version=version, level=settings.log_level)
    start_telemetry(service=name, version=version)

    readiness = Readiness()
    flags = connect_flags(create_flag_provider(settings))
    try:
        Server(
            build_app(settings=settings, flags=flags, readiness=readiness), settings=settings, readiness=readiness
        ).run()
    finally:
        flags.close()
    structlog.stdlib.get_logger().info("Shut down")


if __name__ == "__main__":
    main()
