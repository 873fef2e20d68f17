package logging_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"testing"

	"go.opentelemetry.io/otel/trace"

	"service/internal/logging"
)

func TestLinesNameTheServiceTheRequestAndTheTrace(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	logger := logging.New(&out, slog.LevelInfo, "orders", "1.2.3").With("part", "test")

	ctx := logging.WithRequestID(t.Context(), "abc-123")
	ctx = trace.ContextWithSpanContext(ctx, trace.NewSpanContext(trace.SpanContextConfig{
		TraceID: trace.TraceID{1},
		SpanID:  trace.SpanID{2},
	}))
	logger.DebugContext(ctx, "not asked for")
	logger.InfoContext(ctx, "hello")

	var line map[string]any
	if err := json.Unmarshal(out.Bytes(), &line); err != nil {
		t.Fatalf("not one JSON object: %v in %s", err, out.String())
	}
	for key, want := range map[string]string{
		"service":    "orders",
		"version":    "1.2.3",
		"part":       "test",
		"msg":        "hello",
		"request_id": "abc-123",
		"trace_id":   "01000000000000000000000000000000",
		"span_id":    "0200000000000000",
	} {
		if line[key] != want {
			t.Errorf("%s is %v, want %s", key, line[key], want)
		}
	}
}

func TestLinesOutsideOfARequestHaveNoRequestID(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	logging.New(&out, slog.LevelInfo, "orders", "1.2.3").WithGroup("g").InfoContext(t.Context(), "hello", "a", 1)
	for _, key := range []string{"request_id", "trace_id"} {
		if bytes.Contains(out.Bytes(), []byte(key)) {
			t.Errorf("%s in %s", key, out.String())
		}
	}
}
