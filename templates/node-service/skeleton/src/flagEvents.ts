import { createEvaluationEvent, TelemetryAttribute } from '@openfeature/core';
import type { Hook } from '@openfeature/server-sdk';
import { trace } from '@opentelemetry/api';

/** Notes every evaluation of a flag on the span of its request, as the event `feature_flag.evaluation`. */
export const flagEvents: Hook = {
  finally(hookContext, details) {
    const { name, attributes } = createEvaluationEvent(hookContext, details);
    // Whom the flag was evaluated for is personal data, which traces do not hold.
    attributes[TelemetryAttribute.CONTEXT_ID] = undefined;
    trace.getActiveSpan()?.addEvent(name, attributes);
  },
};
