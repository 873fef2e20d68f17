"""Where the values of the flags come from."""

from openfeature.provider import FeatureProvider

from service.settings import Settings

_FILE_POLL_MS = 5_000


def create_flag_provider(settings: Settings) -> FeatureProvider:
    """Builds the OpenFeature provider the settings ask for.

    All evaluate in memory, so no request ever waits for a flag: `file` reads the flag file and follows its changes,
    `flagd` is fed by flagd's sync stream, addressed by flagd's own variables (`FLAGD_HOST`, `FLAGD_PORT`,
    `FLAGD_TLS`...), `unleash` fetches from Unleash every 15 seconds.
    """
    # Imported where they are asked for: each takes as long to load as the rest of the service.
    if settings.flag_provider == "unleash":
        from service.unleash import create_unleash_provider  # noqa: PLC0415

        return create_unleash_provider(settings)

    from openfeature.contrib.provider.flagd import FlagdProvider  # noqa: PLC0415
    from openfeature.contrib.provider.flagd.config import ResolverType  # noqa: PLC0415

    if settings.flag_provider == "flagd":
        return FlagdProvider(resolver_type=ResolverType.IN_PROCESS, deadline_ms=settings.flag_deadline_ms)
    return FlagdProvider(
        resolver_type=ResolverType.FILE,
        offline_flag_source_path=settings.flag_file,
        # For a file this is how often it is looked at.
        deadline_ms=_FILE_POLL_MS,
    )
