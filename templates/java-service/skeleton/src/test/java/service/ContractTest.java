package service;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the running service against {@code openapi.yaml}. */
class ContractTest {

    private static final OpenApiInteractionValidator contract =
            OpenApiInteractionValidator.createFor("openapi.yaml").build();

    private static Map<String, RunningService> services;

    @BeforeAll
    static void start() {
        services = Map.of(
                "on", RunningService.start(Map.of("greetings-enabled", "on")),
                "off", RunningService.start(Map.of("greetings-enabled", "off")));
    }

    @AfterAll
    static void stop() {
        services.values().forEach(RunningService::close);
    }

    @ParameterizedTest
    @CsvSource({
        "on, /v1/greetings/Ada, 200",
        "on, /v1/greetings/Ada%20L%C3%B6v%7Blace%7D, 200",
        "on, /v1/greetings/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, 400",
        "off, /v1/greetings/Ada, 503",
    })
    void answersAsItSays(String variant, String path, int status) throws Exception {
        HttpResponse<String> response = services.get(variant).get(path);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(findings(path, response)).isEmpty();
    }

    @Test
    void saysWhenToComeBackWhileGreetingsAreOff() throws Exception {
        HttpResponse<String> response = services.get("off").get("/v1/greetings/Ada");

        assertThat(response.headers().firstValue("retry-after")).hasValue("30");
        assertThat(response.body()).contains("\"title\":\"Greetings are switched off\"");
    }

    @Test
    void findsAnAnswerThatIsNotInTheContract() throws Exception {
        HttpResponse<String> response = services.get("on").get("/livez");

        assertThat(findings("/v1/greetings/Ada", response)).contains("greeting");
    }

    private static String findings(String path, HttpResponse<String> response) {
        SimpleResponse.Builder answer =
                SimpleResponse.Builder.status(response.statusCode()).withBody(response.body());
        response.headers().map().forEach((name, values) -> answer.withHeader(name, values));
        ValidationReport report = contract.validateResponse(path, Request.Method.GET, answer.build());
        return report.hasErrors() ? report.getMessages().toString() : "";
    }
}
