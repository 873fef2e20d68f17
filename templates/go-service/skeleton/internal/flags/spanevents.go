package flags

import (
	"context"
	"fmt"

	"github.com/open-feature/go-sdk/openfeature"
	"github.com/open-feature/go-sdk/openfeature/telemetry"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
)

// spanEvents records every evaluation on the span at hand, as the semantic conventions of feature flags have it.
type spanEvents struct{ openfeature.UnimplementedHook }

func (spanEvents) Finally(
	ctx context.Context, hook openfeature.HookContext, details openfeature.InterfaceEvaluationDetails, _ openfeature.HookHints,
) {
	span := trace.SpanFromContext(ctx)
	if !span.IsRecording() {
		return
	}
	event := telemetry.CreateEvaluationEvent(hook, details)
	attributes := make([]attribute.KeyValue, 0, len(event.Attributes))
	for key, value := range event.Attributes {
		// Who the flag was evaluated for is a person's name here, and stays out of traces.
		if key != telemetry.ContextIDKey {
			attributes = append(attributes, attribute.String(key, fmt.Sprint(value)))
		}
	}
	span.AddEvent(event.Name, trace.WithAttributes(attributes...))
}
