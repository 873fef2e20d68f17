import { useHash } from '../hooks/useHash';
import { useOptionalRoute } from '../hooks/useOptionalRoute';
import { gateRouteRef } from '../routes';
import { SafeLink, Stack, Text } from '../ui';
import { AskTheGate } from './AskTheGate';
import { DecisionPages } from './DecisionPages';
import { useEntityDecisions } from './useDecisions';

/** What the release gate said of an entity, newest first. */
export function EntityGate(props: { entityRef: string; target: string }) {
  const { entityRef, target } = props;
  const decisions = useEntityDecisions(entityRef);
  const gateHref = useOptionalRoute(gateRouteRef)?.();
  const isLate = target.startsWith('decision-');
  useHash(isLate && decisions.data !== undefined);
  return (
    <Stack>
      <Text subtle>
        Before a deployment a pipeline asks whether it may go ahead. Each answer
        is kept with every rule behind it.{' '}
        {gateHref ? (
          <SafeLink
            to={`${gateHref}?${new URLSearchParams({ entity: entityRef })}`}
          >
            How right the gate was
          </SafeLink>
        ) : null}
      </Text>
      <DecisionPages
        caption="Decisions of the gate"
        decisions={decisions}
        openId={target}
        empty={<AskTheGate entityRef={entityRef} />}
      />
    </Stack>
  );
}
