// Command service runs the HTTP service.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"

	"service/internal/config"
	"service/internal/flags"
	"service/internal/greeting"
	"service/internal/httpserver"
	"service/internal/logging"
	"service/internal/readiness"
	"service/internal/telemetry"
)

// flagRetry is the wait before a flag provider that was down is tried again.
const flagRetry = time.Second

func main() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
	if err := run(context.Background(), os.Getenv, os.Stdout, signals); err != nil {
		fmt.Fprintf(os.Stderr, "Stopped: %v\n", err)
		os.Exit(1)
	}
}

// run puts the parts together and serves until a signal comes. It returns nil after a shutdown in order.
func run(ctx context.Context, getenv func(string) string, out io.Writer, signals <-chan os.Signal) error {
	c, err := config.Load(getenv)
	if err != nil {
		return fmt.Errorf("invalid configuration: %w", err)
	}
	res, err := telemetry.Resource(ctx)
	if err != nil {
		return fmt.Errorf("telemetry: %w", err)
	}
	service := telemetry.Attribute(res, semconv.ServiceNameKey)
	logger := logging.New(out, c.LogLevel, service, telemetry.Attribute(res, semconv.ServiceVersionKey))
	stopTelemetry, err := telemetry.Start(ctx, res, logger)
	if err != nil {
		return fmt.Errorf("telemetry: %w", err)
	}
	f := flags.Connect(ctx, flags.NewFactory(c.Flags, service), flags.Options{
		Domain: service, Logger: logger, Retry: flagRetry,
	})

	var state readiness.Readiness
	server := httpserver.New(httpserver.Options{
		Logger:         logger,
		RequestTimeout: c.RequestTimeout,
		Readiness:      &state,
		FlagStatus:     f.Status,
		Routes: map[string]httpserver.Handler{
			"GET /v1/greetings/{name}": greeting.Handler(f, time.Now),
		},
	})
	stopped := serve(ctx, server, c, &state, logger, signals)

	// Whatever is left to send gets a little time of its own, also when the deadline has passed.
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	if err := errors.Join(f.Close(ending), stopTelemetry(ending)); err != nil {
		logger.WarnContext(ctx, "Not everything ended in order", "err", err)
	}
	return stopped
}

// serve listens until a signal comes: readiness off, drain, finish what is in flight. SIGINT comes from a person at a
// terminal and does not drain. Only the first signal counts.
func serve(
	ctx context.Context, server *http.Server, c config.Config,
	state *readiness.Readiness, logger *slog.Logger, signals <-chan os.Signal,
) error {
	address := net.JoinHostPort(c.Host, strconv.Itoa(c.Port))
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return err
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	state.Started()
	logger.InfoContext(ctx, "Listening", "address", listener.Addr().String())

	var received os.Signal
	select {
	case err := <-failed:
		return err
	case received = <-signals:
	}
	state.Drain()
	logger.InfoContext(ctx, "Shutting down", "signal", received.String())
	deadline, cancel := context.WithTimeout(ctx, c.Shutdown.Deadline)
	defer cancel()
	if received == syscall.SIGTERM {
		// Load balancers need a while to see that readiness is off.
		time.Sleep(c.Shutdown.Drain)
	}
	if err := server.Shutdown(deadline); err != nil {
		return fmt.Errorf("requests in flight did not end in time: %w", err)
	}
	logger.InfoContext(ctx, "Shut down")
	return nil
}
