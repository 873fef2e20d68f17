package service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.context.support.GenericApplicationContext;

class ShutdownTest {

    private final GenericApplicationContext context = new GenericApplicationContext();
    private final AtomicReference<Object> published = new AtomicReference<>();

    private Shutdown shutdown(Duration drain, Duration deadline, Runnable giveUp) {
        context.addApplicationListener(event -> {
            if (event instanceof AvailabilityChangeEvent<?> change) {
                published.set(change.getState());
            }
        });
        context.refresh();
        return new Shutdown(context, new Settings.Shutdown(drain, deadline), giveUp);
    }

    @Test
    void turnsReadinessOffFirst() {
        Shutdown shutdown = shutdown(Duration.ZERO, Duration.ofMinutes(5), () -> {});
        shutdown.start();
        assertThat(shutdown.isRunning()).isTrue();

        shutdown.stop();

        assertThat(published.get()).hasToString("REFUSING_TRAFFIC");
        assertThat(shutdown.isRunning()).isFalse();
    }

    @Test
    void givesUpWhenTheDeadlinePasses() throws InterruptedException {
        CountDownLatch gaveUp = new CountDownLatch(1);

        shutdown(Duration.ZERO, Duration.ofMillis(20), gaveUp::countDown).stop();

        assertThat(gaveUp.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void endsItsDrainWhenItIsInterrupted() {
        Shutdown shutdown = shutdown(Duration.ofMinutes(1), Duration.ofMinutes(5), () -> {});
        Thread.currentThread().interrupt();

        shutdown.stop();

        assertThat(Thread.interrupted()).isTrue();
    }
}
