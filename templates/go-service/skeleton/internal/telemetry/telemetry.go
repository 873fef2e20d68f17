// Package telemetry starts OpenTelemetry as the OTEL_* environment variables ask for it.
package telemetry

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"runtime/debug"

	"go.opentelemetry.io/contrib/exporters/autoexport"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/propagation"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/exemplar"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
)

// Resource says who the telemetry is from: OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES, with the build's own version
// where they name none.
func Resource(ctx context.Context) (*resource.Resource, error) {
	return resource.New(ctx,
		resource.WithTelemetrySDK(),
		resource.WithAttributes(
			semconv.ServiceName("service"),
			semconv.ServiceVersion(buildVersion()),
		),
		resource.WithFromEnv(),
	)
}

// Attribute is the text of one attribute of a resource.
func Attribute(res *resource.Resource, key attribute.Key) string {
	value, _ := res.Set().Value(key)
	return value.AsString()
}

func buildVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "unknown"
}

// Start sets up traces and metrics for the whole process. Nothing is exported unless OTEL_TRACES_EXPORTER and
// OTEL_METRICS_EXPORTER ask for it; `prometheus` serves /metrics on port 9464. The function it returns sends what is
// left and stops both.
func Start(
	ctx context.Context, res *resource.Resource, logger *slog.Logger,
) (stop func(context.Context) error, err error) {
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) {
		logger.WarnContext(ctx, "Telemetry", "err", err)
	}))
	otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator(
		propagation.TraceContext{}, propagation.Baggage{},
	))

	traceOptions := []sdktrace.TracerProviderOption{sdktrace.WithResource(res)}
	if isAskedFor("OTEL_TRACES_EXPORTER") {
		exporter, err := autoexport.NewSpanExporter(ctx)
		if err != nil {
			return nil, fmt.Errorf("traces: %w", err)
		}
		traceOptions = append(traceOptions, sdktrace.WithBatcher(exporter))
	}
	traces := sdktrace.NewTracerProvider(traceOptions...)

	metricOptions := []sdkmetric.Option{
		sdkmetric.WithResource(res),
		sdkmetric.WithView(serverView),
		// An exemplar would carry the labels that the view takes away, and is refused for its length.
		sdkmetric.WithExemplarFilter(exemplar.AlwaysOffFilter),
	}
	if isAskedFor("OTEL_METRICS_EXPORTER") {
		reader, err := autoexport.NewMetricReader(ctx)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("metrics: %w", err), traces.Shutdown(ctx))
		}
		metricOptions = append(metricOptions, sdkmetric.WithReader(reader))
	}
	metrics := sdkmetric.NewMeterProvider(metricOptions...)

	otel.SetTracerProvider(traces)
	otel.SetMeterProvider(metrics)
	return func(ctx context.Context) error {
		return errors.Join(traces.Shutdown(ctx), metrics.Shutdown(ctx))
	}, nil
}

// isAskedFor tells whether an exporter is named. The library's default, a collector on this machine, is rarely there.
func isAskedFor(variable string) bool {
	value := os.Getenv(variable)
	return value != "" && value != "none"
}

// serverView keeps the labels of server metrics to those that tell requests apart and have few values: a caller can
// write what it likes into its Host header.
var serverView = sdkmetric.NewView(
	sdkmetric.Instrument{Name: "http.server.*"},
	sdkmetric.Stream{AttributeFilter: attribute.NewAllowKeysFilter(
		semconv.HTTPRequestMethodKey,
		semconv.HTTPResponseStatusCodeKey,
		semconv.HTTPRouteKey,
		semconv.ErrorTypeKey,
	)},
)
