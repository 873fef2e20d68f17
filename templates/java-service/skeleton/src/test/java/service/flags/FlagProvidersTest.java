package service.flags;

import static org.assertj.core.api.Assertions.assertThat;

import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.ProviderState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import service.Settings;
import service.Settings.Flags.Unleash;
import service.flags.Flags.Flag;

class FlagProvidersTest {

    private static FeatureProvider create(Settings.Flags.Provider kind, String unleashUrl) {
        // A name of its own, since Unleash keeps the last known flags by it.
        Unleash unleash = new Unleash(unleashUrl, "a-token", "test-" + UUID.randomUUID());
        Duration deadline = Duration.ofSeconds(unleashUrl.isEmpty() ? 1 : 20);
        return FlagProviders.create(new Settings.Flags(kind, FlagFile.PATH, deadline, unleash));
    }

    @ParameterizedTest
    @EnumSource
    void readsTheCommittedFile(Flag flag) {
        try (Flags flags = Flags.connect(create(Settings.Flags.Provider.FILE, ""))) {
            String variant =
                    FlagFile.flags().get(flag.key()).get("defaultVariant").asString();
            assertThat(flags.isOn(flag, "Ada")).isEqualTo(variant.equals("on"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLAGD", "UNLEASH"})
    void leavesTheDefaultsInForceWhileNobodyAnswers(Settings.Flags.Provider kind) {
        try (Flags flags =
                Flags.connect(create(kind, kind == Settings.Flags.Provider.UNLEASH ? "http://127.0.0.1:1/api" : ""))) {
            assertThat(flags.state()).isNotEqualTo(ProviderState.READY);
            for (Flag flag : Flag.values()) {
                assertThat(flags.isOn(flag, "Ada")).isEqualTo(flag.fallback());
            }
        }
    }

    @Test
    void doesNotShowTheToken() {
        Unleash unleash = new Unleash("http://127.0.0.1:1/api", "a-token", "test");
        Settings.Flags settings =
                new Settings.Flags(Settings.Flags.Provider.UNLEASH, Path.of("x"), Duration.ofSeconds(1), unleash);

        assertThat(settings.toString()).doesNotContain("a-token");
    }
}
