package service.greetings;

import static service.flags.Flags.Flag.GREETINGS_ENABLED;
import static service.flags.Flags.Flag.TIME_OF_DAY_GREETING;

import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.LocalTime;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import service.flags.Flags;

/** The example of a route behind a kill switch and a release flag. */
@RestController
class GreetingsController {

    private final Flags flags;
    private final Clock clock;

    GreetingsController(Flags flags, Clock clock) {
        this.flags = flags;
        this.clock = clock;
    }

    /** What is answered. */
    record Greeting(String greeting) {}

    @GetMapping("/v1/greetings/{name}")
    Greeting greet(@PathVariable @Size(min = 1, max = 64) String name) {
        if (!flags.isOn(GREETINGS_ENABLED, name)) {
            throw new GreetingsOffException();
        }
        String opening = flags.isOn(TIME_OF_DAY_GREETING, name) ? byTimeOfDay() : "Hello";
        return new Greeting(opening + ", " + name);
    }

    private String byTimeOfDay() {
        int hour = LocalTime.now(clock).getHour();
        if (hour < 12) {
            return "Good morning";
        }
        return hour < 18 ? "Good afternoon" : "Good evening";
    }
}
