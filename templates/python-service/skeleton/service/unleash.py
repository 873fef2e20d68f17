"""The flags of an Unleash server."""

import math
from typing import Any

from openfeature.provider import FeatureProvider
from unleash_openfeature_python_provider import UnleashFlagProvider
from UnleashClient.cache import BaseCache

from service.settings import Settings


class _MemoryCache(BaseCache):
    """What was fetched last, kept in memory: the file system of the container cannot be written to."""

    bootstrapped = False

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}

    def set(self, key: str, value: Any) -> None:
        self._values[key] = value

    def mset(self, data: dict[str, Any]) -> None:
        self._values.update(data)

    def get(self, key: str, default: Any = None) -> Any:
        return self._values.get(key, default)

    def exists(self, key: str) -> bool:
        return key in self._values

    def destroy(self) -> None:
        self._values.clear()


def create_unleash_provider(settings: Settings) -> FeatureProvider:
    """A provider that fetches every 15 seconds and evaluates in memory."""
    return UnleashFlagProvider(
        settings.unleash_url,
        settings.otel_service_name,
        custom_headers={"Authorization": settings.unleash_api_token.get_secret_value()},
        cache=_MemoryCache(),
        request_timeout=math.ceil(settings.flag_deadline_ms / 1_000),
    )
