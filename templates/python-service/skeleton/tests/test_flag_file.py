import json
import re
from pathlib import Path
from typing import Any, Literal, get_args

import pytest

from service.flag_provider import create_flag_provider
from service.flags import FLAG_DEFAULTS, FlagKey, Flags, connect_flags
from service.settings import Settings
from tests.fakes import fresh_domain

FILE = Path("flags/flags.json")
KEYS: list[FlagKey] = list(get_args(FlagKey))


def read_flags() -> dict[str, Any]:
    flags: dict[str, Any] = json.loads(FILE.read_text())["flags"]
    return flags


def write_flags(file: Path, flags: dict[str, Any]) -> Path:
    file.write_text(json.dumps({"flags": flags}))
    return file


def connect_file(file: Path) -> Flags:
    return connect_flags(create_flag_provider(Settings(flag_file=str(file))), domain=fresh_domain())


def test_declares_exactly_the_flags_the_code_asks_for() -> None:
    assert set(read_flags()) == set(KEYS) == set(FLAG_DEFAULTS)


@pytest.mark.parametrize("key", KEYS)
def test_says_who_owns_a_flag_of_which_type_it_is_and_when_a_release_flag_goes(key: FlagKey) -> None:
    metadata = read_flags()[key]["metadata"]
    assert metadata["owner"].strip()
    assert metadata["type"] in {"release", "ops"}
    if metadata["type"] == "release":
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", metadata["expires"])


@pytest.mark.parametrize("key", KEYS)
def test_has_only_on_and_off_as_variants(key: FlagKey) -> None:
    flag = read_flags()[key]
    assert flag["variants"] == {"on": True, "off": False}
    assert flag["defaultVariant"] in flag["variants"]


@pytest.mark.parametrize("key", KEYS)
def test_defaults_are_safe_release_flags_off_and_kill_switches_not_pulled(key: FlagKey) -> None:
    assert FLAG_DEFAULTS[key] is (read_flags()[key]["metadata"]["type"] == "ops")


@pytest.mark.anyio
async def test_evaluates_as_committed() -> None:
    flags = connect_file(FILE)
    for key in KEYS:
        flag = read_flags()[key]
        assert await flags.is_on(key) is flag["variants"][flag["defaultVariant"]]
    flags.close()


@pytest.mark.anyio
@pytest.mark.parametrize(("variant", "expected"), [("on", True), ("off", False)])
@pytest.mark.parametrize("key", KEYS)
async def test_evaluates_both_states_of_every_flag(
    key: FlagKey, variant: Literal["on", "off"], expected: bool, tmp_path: Path
) -> None:
    flags = read_flags()
    flags[key]["defaultVariant"] = variant
    file = write_flags(tmp_path / "flags.json", flags)
    connected = connect_file(file)
    assert await connected.is_on(key) is expected
    assert connected.status() == "READY"
    connected.close()
