package service;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The first thing that stops: turns readiness off and keeps serving until load balancers have
 * noticed. The web server stops after it and lets the requests in flight end.
 */
@Component
class Shutdown implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Shutdown.class);

    private final ApplicationContext context;
    private final Settings.Shutdown settings;
    private final Runnable giveUp;
    private volatile boolean running;

    @Autowired
    Shutdown(ApplicationContext context, Settings settings) {
        this(context, settings.shutdown(), () -> Runtime.getRuntime().halt(1));
    }

    /**
     * For tests.
     *
     * @param giveUp ends the process once the deadline has passed
     */
    Shutdown(ApplicationContext context, Settings.Shutdown settings, Runnable giveUp) {
        this.context = context;
        this.settings = settings;
        this.giveUp = giveUp;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        log.info("Shutting down");
        watch(settings.deadline());
        pause(settings.drain());
    }

    private void watch(Duration deadline) {
        Thread watchdog = new Thread(
                () -> {
                    if (pause(deadline)) {
                        log.error("Shutdown deadline passed");
                        giveUp.run();
                    }
                },
                "shutdown-deadline");
        watchdog.setDaemon(true);
        watchdog.start();
    }

    private static boolean pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The last to start is the first to stop. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
