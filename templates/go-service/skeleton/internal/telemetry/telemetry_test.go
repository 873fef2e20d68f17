package telemetry_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"

	"service/internal/httpserver"
	"service/internal/readiness"
	"service/internal/telemetry"
)

var quiet = slog.New(slog.DiscardHandler)

// freePort is a port that nobody listened on a moment ago.
func freePort(t *testing.T) string {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
}

// start starts telemetry as the environment has it, until the test ends; it must have nothing to complain of.
func start(t *testing.T) {
	t.Helper()
	var complaints bytes.Buffer
	res, err := telemetry.Resource(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	stop, err := telemetry.Start(t.Context(), res, slog.New(slog.NewJSONHandler(&complaints, nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := stop(context.Background()); err != nil {
			t.Error(err)
		}
		if complaints.Len() > 0 {
			t.Error(complaints.String())
		}
	})
}

func TestPrometheusSeesRequestsUnderTheNameAndLabelsThatObjectivesAreWrittenFor(t *testing.T) {
	port := freePort(t)
	t.Setenv("OTEL_METRICS_EXPORTER", "prometheus")
	t.Setenv("OTEL_EXPORTER_PROMETHEUS_HOST", "127.0.0.1")
	t.Setenv("OTEL_EXPORTER_PROMETHEUS_PORT", port)
	t.Setenv("OTEL_SERVICE_NAME", "orders")
	start(t)

	server := httpserver.New(httpserver.Options{
		Logger: quiet, RequestTimeout: time.Minute, Readiness: new(readiness.Readiness),
		FlagStatus: func() string { return "READY" },
		Routes: map[string]httpserver.Handler{
			"GET /v1/things/{id}": func(w http.ResponseWriter, _ *http.Request) error {
				return httpserver.WriteJSON(w, http.StatusOK, "a thing")
			},
		},
	})
	for _, path := range []string{"/v1/things/1", "/v1/things/2", "/nowhere", "/livez", "/readyz"} {
		request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		request.Host = "what.a.caller.writes"
		server.Handler.ServeHTTP(httptest.NewRecorder(), request)
	}

	metrics := scrape(t, fmt.Sprintf("http://127.0.0.1:%s/metrics", port))
	for _, want := range []string{
		`http_server_request_duration_seconds_count{http_request_method="GET",http_response_status_code="200",http_route="/v1/things/{id}",*} 2`,
		`http_server_request_duration_seconds_count{http_request_method="GET",http_response_status_code="404",http_route="/",*} 1`,
		`http_server_request_duration_seconds_bucket{http_request_method="GET",http_response_status_code="200",http_route="/v1/things/{id}",*le="0.25"} *`,
		`http_server_request_duration_seconds_sum{http_request_method="GET",http_response_status_code="200",http_route="/v1/things/{id}",*} *`,
		`target_info{*service_name="orders"*} 1`,
	} {
		pattern := `(?m)^` + strings.ReplaceAll(regexp.QuoteMeta(want), `\*`, `.*`) + `$`
		if !regexp.MustCompile(pattern).MatchString(metrics) {
			t.Errorf("no line %s in\n%s", want, metrics)
		}
	}
	for _, unwanted := range []string{"livez", "readyz", "what.a.caller.writes"} {
		if strings.Contains(metrics, unwanted) {
			t.Errorf("%s is in the metrics", unwanted)
		}
	}
}

func scrape(t *testing.T, address string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestNothingIsExportedUnlessItIsAskedFor(t *testing.T) {
	for _, value := range []string{"", "none"} {
		t.Setenv("OTEL_METRICS_EXPORTER", value)
		t.Setenv("OTEL_TRACES_EXPORTER", value)
		// Whatever tried to export would be refused here and say so.
		t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")
		start(t)
	}
}

func TestExportersThatDoNotExistAreRefused(t *testing.T) {
	res, err := telemetry.Resource(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, variable := range []string{"OTEL_TRACES_EXPORTER", "OTEL_METRICS_EXPORTER"} {
		t.Run(variable, func(t *testing.T) {
			t.Setenv(variable, "pigeons")
			if _, err := telemetry.Start(t.Context(), res, quiet); err == nil {
				t.Error("it was accepted")
			}
		})
	}
}

func TestResourceIsNamedByTheEnvironment(t *testing.T) {
	t.Setenv("OTEL_SERVICE_NAME", "orders")
	t.Setenv("OTEL_RESOURCE_ATTRIBUTES", "service.version=1.2.3,deployment.environment.name=staging")
	res, err := telemetry.Resource(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if name := telemetry.Attribute(res, semconv.ServiceNameKey); name != "orders" {
		t.Errorf("service.name is %q", name)
	}
	if version := telemetry.Attribute(res, semconv.ServiceVersionKey); version != "1.2.3" {
		t.Errorf("service.version is %q", version)
	}
	if environment := telemetry.Attribute(res, semconv.DeploymentEnvironmentNameKey); environment != "staging" {
		t.Errorf("deployment.environment.name is %q", environment)
	}
}
