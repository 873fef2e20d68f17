import io
import json
from typing import get_args

import pytest
from openfeature.provider.in_memory_provider import InMemoryFlag, InMemoryProvider

from service.flag_provider import create_flag_provider
from service.flags import FLAG_DEFAULTS, FlagKey, connect_flags
from service.logs import configure_logs
from service.settings import Settings
from tests.fakes import flags_with, fresh_domain

KEYS: list[FlagKey] = list(get_args(FlagKey))


@pytest.mark.anyio
@pytest.mark.parametrize("key", KEYS)
async def test_follow_the_provider_in_both_states(key: FlagKey) -> None:
    assert await flags_with({key: "on"}).is_on(key) is True
    assert await flags_with({key: "off"}).is_on(key) is False


@pytest.mark.anyio
async def test_keep_their_defaults_while_the_provider_is_down_and_it_is_logged_once() -> None:
    log = io.StringIO()
    configure_logs(service="pay", version="1.2.3", level="warning", stream=log)
    settings = Settings(flag_provider="flagd", flag_deadline_ms=100)
    flags = connect_flags(create_flag_provider(settings), domain=fresh_domain())
    for key in KEYS * 2:
        assert await flags.is_on(key) is FLAG_DEFAULTS[key]
    assert flags.status() != "READY"
    flags.close()
    events = [json.loads(line)["event"] for line in log.getvalue().splitlines()]
    assert events.count("Flag provider is down: flag defaults hold") == 1
    assert events.count("Flag cannot be evaluated: its default holds") == len(KEYS)


@pytest.mark.anyio
async def test_keep_their_defaults_when_the_provider_does_not_know_them_or_has_another_type() -> None:
    provider = InMemoryProvider({"greetings-enabled": InMemoryFlag(default_variant="on", variants={"on": "yes"})})
    flags = connect_flags(provider, domain=fresh_domain())
    for key in KEYS:
        assert await flags.is_on(key) is FLAG_DEFAULTS[key]
