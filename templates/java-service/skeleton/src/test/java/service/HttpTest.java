package service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class HttpTest {

    private static final String PROBLEM = "application/problem+json";
    private static final JsonMapper json = new JsonMapper();
    private static RunningService service;

    /** A route with a fault. */
    @RestController
    static class BrokenController {

        @GetMapping("/broken")
        String broken() {
            throw new IllegalStateException("the password is 1234");
        }
    }

    @BeforeAll
    static void start() {
        service = RunningService.start(Map.of(), BrokenController.class);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void isAlive() throws Exception {
        HttpResponse<String> response = service.get("/livez");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"status\":\"live\"}");
    }

    @Test
    void isReadyUntilItDrains() throws Exception {
        HttpResponse<String> ready = service.get("/readyz");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).isEqualTo("{\"status\":\"ready\",\"flags\":\"READY\"}");

        AvailabilityChangeEvent.publish(service.context(), ReadinessState.REFUSING_TRAFFIC);
        try {
            HttpResponse<String> draining = service.get("/readyz");
            assertThat(draining.statusCode()).isEqualTo(503);
            assertThat(draining.body()).contains("draining");
            assertThat(service.get("/v1/greetings/Ada").statusCode()).isEqualTo(200);
        } finally {
            AvailabilityChangeEvent.publish(service.context(), ReadinessState.ACCEPTING_TRAFFIC);
        }
    }

    @Test
    void keepsTheRequestIdOfTheCallerAndLogsIt(CapturedOutput output) throws Exception {
        HttpResponse<String> response = service.get("/v1/greetings/Ada", "X-Request-Id", "call:1.a-b_c");

        assertThat(header(response, "x-request-id")).isEqualTo("call:1.a-b_c");
        assertThat(output).contains("\"requestId\":\"call:1.a-b_c\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "<script>", "ä"})
    void replacesARequestIdItDoesNotTrust(String given) throws Exception {
        HttpResponse<String> response = service.get("/livez", "X-Request-Id", given);

        assertThat(header(response, "x-request-id")).matches("[0-9a-f-]{36}");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 404",
        "GET, /v1/nowhere, 404",
        "GET, /actuator/health, 404",
        "POST, /v1/greetings/Ada, 405",
        "GET, /broken, 500",
    })
    void describesErrorsAsProblems(String method, String path, int status) throws Exception {
        HttpResponse<String> response = service.send(method, path, "X-Request-Id", "abc", "Accept", "text/html");

        JsonNode problem = json.readTree(response.body());
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(header(response, "content-type")).isEqualTo(PROBLEM);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("title").asString()).isNotBlank();
        assertThat(problem.get("requestId").asString()).isEqualTo("abc");
        assertThat(response.body()).doesNotContain("password");
    }
}
