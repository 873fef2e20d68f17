"""What the environment decides; `docs/runbook.md` lists the variables."""

import tomllib
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_ROOT = Path(__file__).resolve().parent.parent


class SettingsError(Exception):
    """The environment holds values the service cannot start with; the message names every one of them."""


class Settings(BaseSettings):
    """Settings from environment variables of the same names; every duration is in milliseconds."""

    model_config = SettingsConfigDict(env_ignore_empty=True, frozen=True)

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65_535)] = 8080
    log_level: Literal["critical", "error", "warning", "info", "debug"] = "info"
    otel_service_name: str = "service"

    request_timeout_ms: Annotated[int, Field(ge=100, le=120_000)] = 10_000
    shutdown_drain_ms: Annotated[int, Field(ge=0, le=60_000)] = 3_000
    shutdown_deadline_ms: Annotated[int, Field(ge=1_000, le=300_000)] = 20_000

    flag_provider: Literal["file", "flagd", "unleash"] = "file"
    flag_file: str = "flags/flags.json"
    flag_deadline_ms: Annotated[int, Field(ge=10, le=10_000)] = 500
    unleash_url: str = ""
    unleash_api_token: SecretStr = SecretStr("")

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.shutdown_deadline_ms <= self.shutdown_drain_ms:
            raise ValueError("SHUTDOWN_DEADLINE_MS must be greater than SHUTDOWN_DRAIN_MS")
        if self.flag_provider == "unleash" and not self.unleash_url:
            raise ValueError("UNLEASH_URL must be set when FLAG_PROVIDER is unleash")
        return self


def load_settings() -> Settings:
    """Reads the settings.

    Raises:
        SettingsError: naming every variable that is wrong, not only the first.
    """
    try:
        return Settings()
    except ValidationError as error:
        # The values are left out: one of them may be a secret.
        problems = [
            f"{'_'.join(str(part) for part in problem['loc']).upper()} {problem['msg']}".strip()
            for problem in error.errors(include_url=False, include_input=False)
        ]
        raise SettingsError(f"Invalid configuration: {'; '.join(problems)}") from None


def service_version() -> str:
    """The version in `pyproject.toml`."""
    with (_ROOT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])
