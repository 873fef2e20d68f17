package service.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.openfeature.sdk.ProviderState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import service.Settings.Flags.Unleash;
import service.flags.Flags.Flag;

class UnleashFlagsTest {

    private static final String FEATURES = """
            {"version": 2, "features": [
              {"name": "greetings-enabled", "enabled": false, "strategies": []},
              {"name": "time-of-day-greeting", "enabled": true, "strategies": [{"name": "default"}]}
            ]}
            """;

    private HttpServer server;
    private volatile int status = 200;
    private volatile String token;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = FEATURES.getBytes(StandardCharsets.UTF_8);
        token = exchange.getRequestHeaders().getFirst("Authorization");
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Flags connect(String token) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/api";
        // A name of its own, since Unleash keeps the last known flags by it.
        Unleash settings = new Unleash(url, token, "test-" + UUID.randomUUID());
        return Flags.connect(UnleashFlags.of(settings, Duration.ofSeconds(20), 1));
    }

    @Test
    void followTheServer() {
        try (Flags flags = connect("a-token")) {
            assertThat(flags.state()).isEqualTo(ProviderState.READY);
            assertThat(flags.isOn(Flag.GREETINGS_ENABLED, "Ada")).isFalse();
            assertThat(flags.isOn(Flag.TIME_OF_DAY_GREETING, "Ada")).isTrue();
            assertThat(token).isEqualTo("a-token");
        }
    }

    @Test
    void keepTheirDefaultsUntilItAnswersAndWhatWasLastKnownWhenItNoLongerDoes() {
        status = 503;
        try (Flags flags = connect("")) {
            assertThat(flags.state()).isEqualTo(ProviderState.ERROR);
            assertThat(flags.isOn(Flag.GREETINGS_ENABLED, "Ada")).isTrue();

            status = 200;
            await().atMost(Duration.ofMinutes(1)).until(() -> flags.state() == ProviderState.READY);
            assertThat(flags.isOn(Flag.GREETINGS_ENABLED, "Ada")).isFalse();

            status = 503;
            await().atMost(Duration.ofMinutes(1)).until(() -> flags.state() == ProviderState.STALE);
            assertThat(flags.isOn(Flag.GREETINGS_ENABLED, "Ada")).isFalse();
        }
    }
}
