package service;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What the environment decides beside the server's own settings; docs/runbook.md lists the
 * variables.
 *
 * @param shutdown how the service ends
 * @param flags where flags come from
 */
@Validated
@ConfigurationProperties("service")
public record Settings(
        @Valid @NotNull Shutdown shutdown, @Valid @NotNull Flags flags) {

    /**
     * How the service ends.
     *
     * @param drain how long it serves on after readiness is off, so that load balancers see it
     * @param deadline when it gives up, whatever is still open
     */
    public record Shutdown(
            @DurationMin(millis = 0) @DurationMax(minutes = 1)
            Duration drain,

            @DurationMin(seconds = 1) @DurationMax(minutes = 5)
            Duration deadline) {

        /** Whether there is time left for what is in flight. */
        @AssertTrue(message = "SHUTDOWN_DEADLINE_MS must be greater than SHUTDOWN_DRAIN_MS")
        public boolean isDeadlineAfterDrain() {
            return deadline.compareTo(drain) > 0;
        }
    }

    /**
     * Where flags come from.
     *
     * @param provider which of the providers below
     * @param file flag file of the provider {@code file}
     * @param deadline how long the start waits for the provider
     * @param unleash where the provider {@code unleash} finds its server
     */
    public record Flags(
            @NotNull Provider provider,
            @NotNull Path file,

            @DurationMin(millis = 10) @DurationMax(seconds = 10)
            Duration deadline,

            @Valid @NotNull Unleash unleash) {

        /** The providers. */
        public enum Provider {
            FILE,
            FLAGD,
            UNLEASH
        }

        /** Whether the provider that is asked for has an address. */
        @AssertTrue(message = "UNLEASH_URL must be set when FLAG_PROVIDER is unleash")
        public boolean isUnleashFound() {
            return provider != Provider.UNLEASH || !unleash.url().isEmpty();
        }

        /**
         * An Unleash server.
         *
         * @param url its client API; empty where another provider is used
         * @param token token of a client, which also decides the environment; empty where the
         *     server wants none
         * @param appName name under which Unleash lists this service
         */
        public record Unleash(
                @NotNull String url,
                @NotNull String token,
                @NotBlank String appName) {

            /** Without the token, so that no log shows it. */
            @Override
            public String toString() {
                return "Unleash[url=" + url + ", appName=" + appName + "]";
            }
        }
    }
}
