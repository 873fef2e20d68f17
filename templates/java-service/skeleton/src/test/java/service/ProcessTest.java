package service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The service as a process, the way the platform runs it. */
class ProcessTest {

    private static final Pattern LISTENING = Pattern.compile("Tomcat started on port (\\d+)");

    /** How a process ended and what it wrote. */
    private record Ended(int exitCode, List<String> lines) {}

    /** What is asked of a process that listens. */
    private interface Use {
        void on(String base) throws IOException, InterruptedException;
    }

    /** Runs the service, uses it once it listens, then ends it with SIGTERM. */
    private static Ended serve(Map<String, String> variables, Use use) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Application.class.getName())
                .redirectErrorStream(true);
        builder.environment().putAll(Map.of("PORT", "0", "SHUTDOWN_DRAIN_MS", "50"));
        builder.environment().putAll(variables);
        Process process = builder.start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                Matcher listening = LISTENING.matcher(line);
                if (listening.find()) {
                    use.on("http://127.0.0.1:" + listening.group(1));
                    process.toHandle().destroy(); // SIGTERM, and unlike destroy() it leaves the output open
                }
            }
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), lines);
    }

    private static HttpResponse<String> get(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void servesLogsJsonTellsItsMetricsAndEndsWithZero() throws Exception {
        String metricsPort = String.valueOf(freePort());
        Map<String, String> variables = Map.of(
                "OTEL_SERVICE_NAME", "greeter",
                "OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test",
                "OTEL_METRICS_EXPORTER", "prometheus",
                "OTEL_EXPORTER_PROMETHEUS_HOST", "127.0.0.1",
                "OTEL_EXPORTER_PROMETHEUS_PORT", metricsPort);

        Ended ended = serve(variables, base -> {
            assertThat(get(base + "/v1/greetings/Ada").body()).contains(", Ada");
            assertThat(get(base + "/v1/greetings/" + "a".repeat(65)).statusCode())
                    .isEqualTo(400);
            String metrics = get("http://127.0.0.1:" + metricsPort + "/metrics").body();
            assertThat(metrics.lines().filter(line -> line.contains("le=\"0.25\"")))
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("http_server_request_duration_seconds_bucket{")
                            .contains("http_request_method=\"GET\"")
                            .contains("http_response_status_code=\"200\"")
                            .contains("http_route=\"/v1/greetings/{name}\""))
                    .anySatisfy(line -> assertThat(line).contains("http_response_status_code=\"400\""));
            assertThat(metrics).contains("service_name=\"greeter\"").contains("deployment_environment_name=\"test\"");
        });

        assertThat(ended.exitCode()).as(String.join("\n", ended.lines())).isZero();
        assertThat(ended.lines())
                .allSatisfy(line -> assertThat(line).startsWith("{").endsWith("}"));
        assertThat(ended.lines()).anySatisfy(line -> assertThat(line).contains("Shutting down"));
    }

    @Test
    void servesOnItsDefaultsWhileFlagdCannotBeReachedAndStillEndsWithZero() throws Exception {
        Map<String, String> variables = Map.of(
                "FLAG_PROVIDER", "flagd",
                "FLAG_DEADLINE_MS", "500",
                "FLAGD_HOST", "127.0.0.1",
                "FLAGD_PORT", "1");

        Ended ended = serve(variables, base -> {
            assertThat(get(base + "/readyz").statusCode()).isEqualTo(200);
            assertThat(get(base + "/v1/greetings/Ada").body()).contains("Hello, Ada");
        });

        assertThat(ended.exitCode()).as(String.join("\n", ended.lines())).isZero();
        assertThat(ended.lines()).anySatisfy(line -> assertThat(line).contains("Flag provider is down"));
    }

    @Test
    void doesNotStartOnAWrongConfigurationAndSaysWhatIsWrong() throws Exception {
        Ended ended = serve(Map.of("FLAG_PROVIDER", "unleash", "SHUTDOWN_DRAIN_MS", "30000"), base -> {});

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(String.join("\n", ended.lines()))
                .contains("UNLEASH_URL must be set")
                .contains("SHUTDOWN_DEADLINE_MS must be greater");
    }
}
