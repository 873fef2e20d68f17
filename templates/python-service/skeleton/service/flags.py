"""The only place that evaluates flags."""

from collections.abc import Mapping
from typing import Final, Literal

import structlog
from openfeature import api
from openfeature.client import OpenFeatureClient
from openfeature.evaluation_context import EvaluationContext
from openfeature.provider import FeatureProvider

from service.flag_events import FlagEvents

FlagKey = Literal["greetings-enabled", "time-of-day-greeting"]

# Every flag of this service, with the value that holds while no provider can tell.
FLAG_DEFAULTS: Final[Mapping[FlagKey, bool]] = {
    "greetings-enabled": True,
    "time-of-day-greeting": False,
}


class Flags:
    """The flags of one connected provider."""

    def __init__(self, client: OpenFeatureClient, provider: FeatureProvider) -> None:
        self._client = client
        self._provider = provider
        self._log = structlog.stdlib.get_logger()
        self._reported: dict[FlagKey, str] = {}

    async def is_on(self, key: FlagKey, targeting_key: str | None = None) -> bool:
        """Whether the flag is on; its default when that cannot be told. Never raises."""
        details = await self._client.get_boolean_details_async(
            key, FLAG_DEFAULTS[key], EvaluationContext(targeting_key=targeting_key)
        )
        if details.error_code is None:
            self._reported.pop(key, None)
            return details.value
        # The SDK hands on what a provider said even where it is of another type.
        default = FLAG_DEFAULTS[key]
        if self._reported.get(key) != details.error_code:
            self._reported[key] = details.error_code
            self._log.warning(
                "Flag cannot be evaluated: its default holds", flag=key, reason=details.error_code, value=default
            )
        return default

    def status(self) -> str:
        """State of the provider, for the readiness answer."""
        return self._client.get_provider_status().value

    def close(self) -> None:
        self._provider.shutdown()


def connect_flags(provider: FeatureProvider, *, domain: str = "service") -> Flags:
    """Connects the provider and hands out the typed flags.

    A provider that is down does not keep the service from starting: the defaults hold until it is back, and what goes
    wrong is logged once per flag and reason.

    Args:
        provider: where the values come from
        domain: name of this connection; two with the same name share the later provider
    """
    try:
        api.set_provider_and_wait(provider, domain)
    except Exception as error:
        structlog.stdlib.get_logger().warning("Flag provider is down: flag defaults hold", error=str(error))
    client = api.get_client(domain)
    client.add_hooks([FlagEvents()])
    return Flags(client, provider)
