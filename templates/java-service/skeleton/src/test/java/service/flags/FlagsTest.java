package service.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static service.flags.Flags.Flag.GREETINGS_ENABLED;
import static service.flags.Flags.Flag.TIME_OF_DAY_GREETING;

import dev.openfeature.sdk.ProviderState;
import dev.openfeature.sdk.providers.memory.InMemoryProvider;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import service.flags.Flags.Flag;

class FlagsTest {

    private static final Path NO_FILE = Path.of("flags/no-such-file.json");

    @ParameterizedTest
    @CsvSource({
        "GREETINGS_ENABLED, greetings-enabled, on, true",
        "GREETINGS_ENABLED, greetings-enabled, off, false",
        "TIME_OF_DAY_GREETING, time-of-day-greeting, on, true",
        "TIME_OF_DAY_GREETING, time-of-day-greeting, off, false",
    })
    void followTheProvider(Flag flag, String key, String variant, boolean expected) {
        try (Flags flags = Flags.connect(FlagFile.provider(Map.of(key, variant)))) {
            assertThat(flags.state()).isEqualTo(ProviderState.READY);
            assertThat(flags.isOn(flag, "Ada")).isEqualTo(expected);
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void keepTheirDefaultsWhileTheProviderIsDownAndSaySoOnce(CapturedOutput output) {
        try (Flags flags = Flags.connect(FlagFile.provider(NO_FILE, Duration.ofMillis(100)))) {
            for (Flag flag : Flag.values()) {
                assertThat(flags.isOn(flag, "Ada")).isEqualTo(flag.fallback());
                assertThat(flags.isOn(flag, "Ada")).isEqualTo(flag.fallback());
            }
            assertThat(flags.state()).isNotEqualTo(ProviderState.READY);
        }
        assertThat(output).containsOnlyOnce("Flag provider is down");
        assertThat(output.toString().split("its default holds", -1)).hasSize(Flag.values().length + 1);
    }

    @ParameterizedTest
    @EnumSource
    void keepTheirDefaultsWhenTheProviderDoesNotKnowThem(Flag flag) {
        try (Flags flags = Flags.connect(new InMemoryProvider(Map.of()))) {
            assertThat(flags.isOn(flag, "Ada")).isEqualTo(flag.fallback());
        }
    }

    @Test
    void keepTheirDefaultsWhenTheProviderHasAnotherType() {
        var text = dev.openfeature.sdk.providers.memory.Flag.<String>builder()
                .variant("on", "yes")
                .defaultVariant("on")
                .build();
        var provider = new InMemoryProvider(Map.of("greetings-enabled", text, "time-of-day-greeting", text));

        try (Flags flags = Flags.connect(provider)) {
            assertThat(flags.isOn(GREETINGS_ENABLED, "Ada")).isTrue();
            assertThat(flags.isOn(TIME_OF_DAY_GREETING, "Ada")).isFalse();
        }
    }

    @Test
    void areEventsOfTheCurrentSpan() {
        InMemorySpanExporter spans = InMemorySpanExporter.create();
        try (SdkTracerProvider tracing = SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .build();
                Flags flags = Flags.connect(FlagFile.provider())) {
            Span span = tracing.get("test").spanBuilder("request").startSpan();
            try (Scope ignored = span.makeCurrent()) {
                flags.isOn(GREETINGS_ENABLED, "Ada");
            } finally {
                span.end();
            }

            assertThat(spans.getFinishedSpanItems().get(0).getEvents())
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.getName()).isEqualTo("feature_flag.evaluation");
                        assertThat(attribute(event, "feature_flag.key")).isEqualTo("greetings-enabled");
                        assertThat(attribute(event, "feature_flag.result.variant"))
                                .isEqualTo("on");
                        assertThat(event.getAttributes().toString()).doesNotContain("Ada");
                    });
        }
    }

    private static String attribute(EventData event, String name) {
        return event.getAttributes().get(AttributeKey.stringKey(name));
    }
}
