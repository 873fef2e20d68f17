package service.greetings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import service.flags.FlagFile;
import service.flags.Flags;

class GreetingsControllerTest {

    private static String greet(Map<String, String> forced, String time) {
        Clock clock = Clock.fixed(Instant.parse("2026-01-01T" + time + "Z"), ZoneOffset.UTC);
        try (Flags flags = Flags.connect(FlagFile.provider(forced))) {
            return new GreetingsController(flags, clock).greet("Ada").greeting();
        }
    }

    @Test
    void greetsPlainlyWhileTimeOfDayGreetingIsOff() {
        assertThat(greet(Map.of("time-of-day-greeting", "off"), "08:00:00")).isEqualTo("Hello, Ada");
    }

    @ParameterizedTest
    @CsvSource({
        "11:59:59, 'Good morning, Ada'",
        "12:00:00, 'Good afternoon, Ada'",
        "17:59:59, 'Good afternoon, Ada'",
        "18:00:00, 'Good evening, Ada'",
    })
    void greetsByTheTimeOfDayWhileTimeOfDayGreetingIsOn(String time, String expected) {
        assertThat(greet(Map.of("time-of-day-greeting", "on"), time)).isEqualTo(expected);
    }

    @Test
    void answersWhileGreetingsEnabledIsOn() {
        assertThat(greet(Map.of("greetings-enabled", "on"), "08:00:00")).endsWith(", Ada");
    }

    @Test
    void refusesWhileGreetingsEnabledIsOff() {
        assertThatExceptionOfType(GreetingsOffException.class)
                .isThrownBy(() -> greet(Map.of("greetings-enabled", "off"), "08:00:00"))
                .satisfies(e -> assertThat(e.getStatusCode().value()).isEqualTo(503));
    }
}
