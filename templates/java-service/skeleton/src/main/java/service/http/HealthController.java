package service.http;

import java.util.Locale;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import service.flags.Flags;

/** What the platform asks: whether the process works, and whether it should get traffic. */
@RestController
class HealthController {

    private final ApplicationAvailability availability;
    private final Flags flags;
    private volatile boolean wasReady;

    HealthController(ApplicationAvailability availability, Flags flags) {
        this.availability = availability;
        this.flags = flags;
    }

    /** The answer to the liveness probe. */
    record Liveness(String status) {}

    /** The answer to the readiness probe, with the state of the flag provider. */
    record Readiness(String status, String flags) {}

    @EventListener
    void onChange(AvailabilityChangeEvent<ReadinessState> event) {
        wasReady = wasReady || event.getState() == ReadinessState.ACCEPTING_TRAFFIC;
    }

    @GetMapping("/livez")
    Liveness live() {
        return new Liveness("live");
    }

    /** A flag provider that is down does not turn readiness off: the defaults hold. */
    @GetMapping("/readyz")
    ResponseEntity<Readiness> ready() {
        boolean isReady = availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
        String notReady = wasReady ? "draining" : "starting";
        String provider = flags.state().name().toUpperCase(Locale.ROOT);
        return ResponseEntity.status(isReady ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(new Readiness(isReady ? "ready" : notReady, provider));
    }
}
