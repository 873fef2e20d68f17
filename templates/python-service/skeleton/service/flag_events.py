"""Evaluations of flags in the trace of their request."""

from openfeature.flag_evaluation import FlagEvaluationDetails, FlagValueType
from openfeature.hook import Hook, HookContext, HookHints
from opentelemetry import trace
from opentelemetry.util.types import AttributeValue


class FlagEvents(Hook):
    """Adds an event `feature_flag.evaluation` to the span of the request; for whom it was evaluated is left out."""

    def finally_after(
        self,
        hook_context: HookContext,
        details: FlagEvaluationDetails[FlagValueType],
        hints: HookHints,  # noqa: ARG002
    ) -> None:
        attributes: dict[str, AttributeValue] = {
            "feature_flag.key": details.flag_key,
            "feature_flag.result.reason": str(details.reason or "unknown").lower(),
        }
        if details.variant is not None:
            attributes["feature_flag.result.variant"] = details.variant
        if hook_context.provider_metadata is not None:
            attributes["feature_flag.provider.name"] = hook_context.provider_metadata.name
        if details.error_code is not None:
            attributes["error.type"] = details.error_code.value.lower()
        trace.get_current_span().add_event("feature_flag.evaluation", attributes)
