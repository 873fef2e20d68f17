import {
  useApi,
  useRouteRef,
  useRouteRefParams,
} from '@backstage/core-plugin-api';
import type { CheckSummary } from '@goldenpath/backstage-plugin-golden-path-common';
import { type Verdict } from '@goldenpath/engine';
import { useSearchParams } from 'react-router-dom';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { LiveNotice } from '../components/LiveNotice';
import { VERDICT_ORDER } from '../format/verdict';
import { useFleetHref } from '../fleet/useFleetHref';
import { useHash } from '../hooks/useHash';
import { useLiveData } from '../hooks/useLiveData';
import { checkRouteRef, pathRouteRef } from '../routes';
import {
  Heading,
  Notice,
  Row,
  SafeLink,
  Section,
  Stack,
  Text,
  VerdictTally,
} from '../ui';
import { CheckEntities } from './CheckEntities';
import { CheckFacts } from './CheckFacts';

const ENTITIES_ANCHOR = 'entities';
const INTERVAL_MS = 30_000;

/** How often a check gave each verdict. */
export function verdictMap(summary: CheckSummary): Map<Verdict, number> {
  return new Map(
    VERDICT_ORDER.map(verdict => [verdict, summary.verdicts[verdict]]),
  );
}

/** One check of a path: what it is, how the fleet stands to it, and the entities behind each verdict. */
export function CheckView() {
  const { name, check: id } = useRouteRefParams(checkRouteRef);
  const [search] = useSearchParams();
  const api = useApi(goldenPathApiRef);
  const pathHref = useRouteRef(pathRouteRef)({ name });
  const fleetHref = useFleetHref();
  const path = useLiveData({ key: name, load: () => api.getPath(name) });
  const counts = useLiveData({
    key: name,
    interval: INTERVAL_MS,
    load: () => api.getPathChecks(name),
  });
  const verdict =
    VERDICT_ORDER.find(known => known === search.get('verdict')) ?? 'fail';
  const check = path.data?.path.spec.checks.find(rule => rule.id === id);
  const summary = counts.data?.items.find(item => item.id === id);
  useHash(check !== undefined);

  return (
    <Stack gap={3}>
      <SafeLink to={pathHref}>
        {path.data?.path.metadata.title ?? name}: all checks
      </SafeLink>
      <LiveNotice live={path} what={`The golden path ${name}`} />
      {path.data && !check ? (
        <Notice tone="warn" title={`This path has no check ${id}.`}>
          <Text>
            It may have been removed with version {path.data.path.spec.version}.
            Choose another one on{' '}
            <SafeLink to={`${pathHref}#checks`}>the path’s page</SafeLink>.
          </Text>
        </Notice>
      ) : null}
      {check ? (
        <>
          <Stack>
            <Heading level={2}>
              {id}: {check.title}
            </Heading>
            <CheckFacts check={check} />
          </Stack>
          <Section id={ENTITIES_ANCHOR} title="How the fleet stands" level={3}>
            <Stack gap={2}>
              <LiveNotice live={counts} what="The counts" />
              {summary ? (
                <VerdictTally
                  counts={verdictMap(summary)}
                  hrefOf={value => `?verdict=${value}#${ENTITIES_ANCHOR}`}
                />
              ) : null}
              {counts.data && !summary ? (
                <Text subtle>
                  No entity has been scored with this check yet.
                </Text>
              ) : null}
              <CheckEntities path={name} check={id} verdict={verdict} />
              <Row>
                <SafeLink to={fleetHref({ path: name, check: id, verdict })}>
                  Filter, group and download these in the fleet
                </SafeLink>
              </Row>
            </Stack>
          </Section>
        </>
      ) : null}
    </Stack>
  );
}
