package service.flags;

import dev.openfeature.contrib.providers.flagd.Config;
import dev.openfeature.contrib.providers.flagd.FlagdOptions;
import dev.openfeature.contrib.providers.flagd.FlagdProvider;
import dev.openfeature.sdk.FeatureProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import service.Settings;

/** Connects the flags to the provider the settings ask for. */
@Configuration(proxyBeanMethods = false)
class FlagProviders {

    /**
     * A file is there or is not; what takes long is starting, on a machine that has little to give.
     */
    private static final int FILE_DEADLINE_MS = 5_000;

    @Bean
    Flags flags(Settings settings) {
        return Flags.connect(create(settings.flags()));
    }

    /**
     * Builds a provider. All of them evaluate in memory, so no request ever waits for a flag:
     * {@code file} reads the flag file and follows its changes, {@code flagd} is fed by a flagd's
     * sync stream, addressed by flagd's own variables ({@code FLAGD_HOST}, {@code FLAGD_PORT},
     * {@code FLAGD_TLS}...), {@code unleash} polls an Unleash server.
     */
    static FeatureProvider create(Settings.Flags settings) {
        int deadlineMs = (int) settings.deadline().toMillis();
        return switch (settings.provider()) {
            case FILE ->
                new FlagdProvider(FlagdOptions.builder()
                        .resolverType(Config.Resolver.FILE)
                        .offlineFlagSourcePath(settings.file().toString())
                        .deadline(FILE_DEADLINE_MS)
                        .build());
            case FLAGD ->
                new FlagdProvider(FlagdOptions.builder()
                        .resolverType(Config.Resolver.IN_PROCESS)
                        .deadline(deadlineMs)
                        .build());
            case UNLEASH -> UnleashFlags.of(settings.unleash(), settings.deadline());
        };
    }
}
