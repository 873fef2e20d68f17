package service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class SettingsTest {

    /** Only the settings, with the application's own file. */
    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(Settings.class)
    static class OnlySettings {}

    private static ApplicationContextRunner with(String... variables) {
        return new ApplicationContextRunner()
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withUserConfiguration(OnlySettings.class)
                .withPropertyValues(variables);
    }

    @Test
    void haveDefaults() {
        with().run(context -> {
            Settings settings = context.getBean(Settings.class);
            assertThat(settings.shutdown().drain()).hasSeconds(3);
            assertThat(settings.flags().provider()).isEqualTo(Settings.Flags.Provider.FILE);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SHUTDOWN_DRAIN_MS=-1",
                "SHUTDOWN_DRAIN_MS=soon",
                "SHUTDOWN_DEADLINE_MS=500",
                "FLAG_PROVIDER=oracle",
                "FLAG_DEADLINE_MS=1",
            })
    void areRefusedWhenTheyAreOutOfBounds(String variable) {
        with(variable).run(context -> assertThat(context).hasFailed());
    }

    @ParameterizedTest
    @CsvSource({
        "SHUTDOWN_DRAIN_MS=20000, SHUTDOWN_DEADLINE_MS must be greater than SHUTDOWN_DRAIN_MS",
        "FLAG_PROVIDER=unleash, UNLEASH_URL must be set when FLAG_PROVIDER is unleash",
    })
    void areRefusedWhenTheyDoNotGoTogether(String variable, String message) {
        with(variable).run(context -> assertThat(context).getFailure().hasStackTraceContaining(message));
    }

    @Test
    void takeUnleashWithAnAddress() {
        with("FLAG_PROVIDER=unleash", "UNLEASH_URL=http://127.0.0.1/api")
                .run(context -> assertThat(context).hasNotFailed());
    }
}
