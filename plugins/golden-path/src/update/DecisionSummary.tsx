import type { UpdateDecisions, UpdatePlan } from '@goldenpath/engine';
import { conflictsText, restoredText } from '../format/plan';
import { ActionButton, Row, Stack, Text } from '../ui';
import { countDecisions, DecisionCounts } from './decisions';

function decidedText({ taken, kept }: DecisionCounts): string {
  const parts = [
    ...(taken > 0 ? [`${taken} taken from the template`] : []),
    ...(kept > 0 ? [`${kept} kept as you have it`] : []),
  ];
  return parts.length === 0
    ? 'Nothing is decided: what can be taken is taken, what conflicts keeps your lines.'
    : `Your decisions: ${parts.join(', ')}.`;
}

function draftReason(
  { open, restored }: DecisionCounts,
  noun: string,
): string | undefined {
  const reasons = [
    ...(open > 0 ? [conflictsText(open)] : []),
    ...(restored > 0 ? [restoredText(restored)] : []),
  ];
  return reasons.length === 0
    ? undefined
    : `The ${noun} opens as a draft: ${reasons.join(', ')}.`;
}

/** What was decided about a plan and what it means for the request. */
export function DecisionSummary(props: {
  plan: UpdatePlan;
  decisions: UpdateDecisions;
  noun: string;
  onClear: () => void;
}) {
  const { plan, decisions, noun, onClear } = props;
  const counts = countDecisions(decisions, plan);
  const draft = draftReason(counts, noun);
  return (
    <div role="status" aria-live="polite">
      <Stack gap={0.5}>
        <Row>
          <Text inline>{decidedText(counts)}</Text>
          {Object.keys(decisions).length > 0 ? (
            <ActionButton onClick={onClear}>Undo my decisions</ActionButton>
          ) : null}
        </Row>
        {draft ? <Text>{draft}</Text> : null}
      </Stack>
    </div>
  );
}
