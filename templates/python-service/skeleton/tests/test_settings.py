import pytest

from service.settings import SettingsError, load_settings


def test_has_defaults_for_everything() -> None:
    settings = load_settings()
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert settings.flag_provider == "file"


def test_takes_the_environment_and_an_empty_variable_for_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "9000")
    monkeypatch.setenv("LOG_LEVEL", "")
    settings = load_settings()
    assert (settings.port, settings.log_level) == (9000, "info")


def test_names_every_variable_that_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "eighty")
    monkeypatch.setenv("FLAG_PROVIDER", "rumours")
    with pytest.raises(SettingsError, match=r"PORT .*; FLAG_PROVIDER ") as caught:
        load_settings()
    assert "eighty" not in str(caught.value)


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"SHUTDOWN_DRAIN_MS": "5000", "SHUTDOWN_DEADLINE_MS": "5000"}, "SHUTDOWN_DEADLINE_MS must be greater"),
        ({"FLAG_PROVIDER": "unleash"}, "UNLEASH_URL must be set"),
    ],
)
def test_refuses_what_does_not_fit_together(
    values: dict[str, str], problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=problem):
        load_settings()
