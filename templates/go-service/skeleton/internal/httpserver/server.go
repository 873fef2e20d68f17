// Package httpserver is the HTTP side of the service: limits, request ids, logs, telemetry, errors and health.
package httpserver

import (
	"log/slog"
	"net/http"
	"time"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"

	"service/internal/readiness"
)

const (
	maxBodyBytes   = 256 << 10
	maxHeaderBytes = 32 << 10
	// Longer than the 60 s most load balancers keep an idle connection, so that they close it first.
	idleTimeout = 65 * time.Second
)

// A Handler answers a request or returns an error; a [Problem] is told to the caller as it is.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Options of [New].
type Options struct {
	Logger *slog.Logger
	// RequestTimeout is how long a request may take to arrive, and again to be answered.
	RequestTimeout time.Duration
	Readiness      *readiness.Readiness
	// FlagStatus is shown by /readyz.
	FlagStatus func() string
	// Routes by their pattern, such as "GET /v1/greetings/{name}".
	Routes map[string]Handler
}

// New builds the server; it does not listen yet.
func New(options Options) *http.Server {
	logger := options.Logger
	mux := http.NewServeMux()
	handle := func(pattern string, handler Handler) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			if err := handler(w, r); err != nil {
				writeError(w, r, logger, err)
			}
		})
	}
	handle("GET /livez", live)
	handle("GET /readyz", ready(options.Readiness, options.FlagStatus))
	handle("/", func(http.ResponseWriter, *http.Request) error {
		return Problem{Status: http.StatusNotFound, Title: "Not found"}
	})
	for pattern, handler := range options.Routes {
		handle(pattern, handler)
	}

	// Between the telemetry and the router nothing may copy the request, or the metrics lose their route.
	var handler http.Handler = mux
	handler = withRecovery(handler, logger)
	handler = withAccessLog(handler, logger)
	handler = otelhttp.NewHandler(handler, "http.server",
		otelhttp.WithFilter(func(r *http.Request) bool { return !isProbe(r) }))
	handler = withDeadline(handler, options.RequestTimeout)
	handler = http.MaxBytesHandler(handler, maxBodyBytes)
	handler = withRequestID(handler)

	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: options.RequestTimeout,
		ReadTimeout:       options.RequestTimeout,
		// The time to read counts here too, and a handler that gave up must still be able to say so.
		WriteTimeout:   2*options.RequestTimeout + time.Second,
		IdleTimeout:    idleTimeout,
		MaxHeaderBytes: maxHeaderBytes,
		ErrorLog:       slog.NewLogLogger(logger.Handler(), slog.LevelWarn),
	}
}

func isProbe(r *http.Request) bool {
	return r.URL.Path == "/livez" || r.URL.Path == "/readyz"
}
