package service.flags;

import dev.openfeature.sdk.EvaluationEvent;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.Hook;
import dev.openfeature.sdk.HookContext;
import dev.openfeature.sdk.Telemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import java.util.Map;

/**
 * Records every evaluation as an event of the current span, so that a trace shows which path was
 * taken.
 */
final class FlagEvents implements Hook<Object> {

    @Override
    public void finallyAfter(
            HookContext<Object> context, FlagEvaluationDetails<Object> details, Map<String, Object> hints) {
        Span span = Span.current();
        if (span.isRecording()) {
            EvaluationEvent event = Telemetry.createEvaluationEvent(context, details);
            AttributesBuilder attributes = Attributes.builder();
            event.getAttributes().entrySet().stream()
                    // For whom it was evaluated can be a person.
                    .filter(attribute -> !attribute.getKey().equals(Telemetry.TELEMETRY_CONTEXT_ID))
                    .forEach(attribute -> attributes.put(attribute.getKey(), String.valueOf(attribute.getValue())));
            span.addEvent(event.getName(), attributes.build());
        }
    }
}
