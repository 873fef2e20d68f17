import type { HealthResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import { useLocation } from 'react-router-dom';
import { AiSection } from '../health/AiSection';
import { AnomaliesSection } from '../health/AnomaliesSection';
import { DoraSection } from '../health/DoraSection';
import { FlagsSection } from '../health/FlagsSection';
import { GuardrailsSection } from '../health/GuardrailsSection';
import {
  AI_ANCHOR,
  DORA_ANCHOR,
  FLAGS_ANCHOR,
  GUARDRAILS_ANCHOR,
  PARADOX_ANCHOR,
  RELEASES_ANCHOR,
  SECURITY_COST_ANCHOR,
  TOIL_ANCHOR,
} from '../health/healthAnchors';
import { HealthChoiceBar } from '../health/HealthChoiceBar';
import { ParadoxSection } from '../health/ParadoxSection';
import { ReleaseTimeline } from '../health/ReleaseTimeline';
import { SecurityCostSection } from '../health/SecurityCostSection';
import { ToilSection } from '../health/ToilSection';
import type { LiveData } from '../hooks/useLiveData';
import { useLastKnown } from '../hooks/useLastKnown';
import { Busy, PageNav, Stack } from '../ui';
import { LiveNotice } from '../components/LiveNotice';
import { InstrumentNotice } from './InstrumentNotice';

const PARTS = [
  { id: RELEASES_ANCHOR, title: 'Releases' },
  { id: DORA_ANCHOR, title: 'Throughput and stability' },
  { id: GUARDRAILS_ANCHOR, title: 'Guardrails' },
  { id: SECURITY_COST_ANCHOR, title: 'Security and cost' },
  { id: FLAGS_ANCHOR, title: 'Flags' },
  { id: TOIL_ANCHOR, title: 'Toil' },
  { id: AI_ANCHOR, title: 'AI' },
  { id: PARADOX_ANCHOR, title: 'Volume against capacity' },
];

/** What happens after the code is written: releases on a time line, and every metric with the events it rests on. */
export function TabHealth(props: {
  entityRef: string;
  health: LiveData<HealthResponse>;
}) {
  const { entityRef, health } = props;
  const { search, hash } = useLocation();
  // While another window is loaded the last one stays in place, faded
  const last = useLastKnown(health.data);
  const data = health.error ? health.data : last;
  return (
    <Stack gap={3}>
      <LiveNotice live={health} what="The delivery metrics" />
      {data?.entityRef === entityRef ? (
        <Busy busy={health.data === undefined}>
          <Stack gap={4}>
            <HealthChoiceBar health={data} />
            <InstrumentNotice health={data} />
            <PageNav
              label="Parts of delivery health"
              items={PARTS.map(part => ({
                title: part.title,
                to: `${search}#${part.id}`,
                current: hash === `#${part.id}`,
              }))}
            />
            <ReleaseTimeline health={data} />
            <AnomaliesSection health={data} reload={health.reload} />
            <DoraSection health={data} />
            <GuardrailsSection health={data} />
            <SecurityCostSection health={data} />
            <FlagsSection health={data} />
            <ToilSection health={data} />
            <AiSection health={data} />
            <ParadoxSection health={data} />
          </Stack>
        </Busy>
      ) : null}
    </Stack>
  );
}
