import type {
  PlanResponse,
  UpdateRequest,
  UpdatesResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import type { UpdateDecisions, UpdatePlan } from '@goldenpath/engine';
import { useMemo, useState } from 'react';
import { planSummaryText } from '../format/plan';
import { isPending, isUnderWay } from '../format/updateRequest';
import type { LiveData } from '../hooks/useLiveData';
import {
  Announcement,
  DiffViewSwitch,
  Heading,
  List,
  Notice,
  PlanMigrated,
  Stack,
  Text,
  UpdateStatus,
  useDiffViewType,
} from '../ui';
import { CreateUpdateButton } from './CreateUpdateButton';
import { decisionsFor, decisionsToSend } from './decisions';
import { DecisionSummary } from './DecisionSummary';
import { PlanFiles } from './PlanFiles';
import { useCreateUpdate } from './useCreateUpdate';

function Notices(props: { plan: UpdatePlan }) {
  const { notices, base, files } = props.plan;
  // What is said about a file stands beside it.
  const paths = new Set(files.map(file => file.path));
  const general = notices.filter(({ path }) => !path || !paths.has(path));
  const missing = base.missing.length;
  return general.length === 0 && missing === 0 ? null : (
    <List label="To know about this update" marked>
      {missing > 0 ? (
        <Text key="base">
          {`What the template wrote in the beginning could not be reproduced for ${
            missing === 1 ? 'a file that was' : `${missing} files that were`
          } edited here. Nothing is merged there: yours stay, as conflicts.`}
        </Text>
      ) : null}
      {general.map(notice => (
        <Text key={`${notice.kind} ${notice.path} ${notice.message}`}>
          {notice.path ? `${notice.path}: ${notice.message}` : notice.message}
        </Text>
      ))}
    </List>
  );
}

/**
 * What an update would do to a service, file by file, with what a person decides about it, and the way to propose it. The
 * decisions are kept when the plan is made again, as far as it still has what they are about.
 */
export function UpdatePreview(props: {
  entityRef: string;
  plan: UpdatePlan;
  response: PlanResponse;
  updates: LiveData<UpdatesResponse>;
  /** Makes the plan again. */
  reload: () => Promise<UpdatePlan | undefined>;
}) {
  const { entityRef, plan, response, updates, reload } = props;
  const [written, setDecisions] = useState<UpdateDecisions>({});
  const decisions = useMemo(() => decisionsFor(written, plan), [written, plan]);
  const [view, setView] = useDiffViewType();
  const [created, setCreated] = useState<UpdateRequest>();
  const [replans, setReplans] = useState(0);
  const [requests, setRequests] = useState(0);
  const noun = response.noun ?? 'change request';
  const creating = useCreateUpdate({
    entityRef,
    onCreated: async update => {
      setCreated(update);
      setReplans(0);
      setRequests(turn => turn + 1);
      await updates.reload();
    },
    onStale: async () => {
      const next = await reload();
      const changed = next !== undefined && next.digest !== plan.digest;
      if (changed) {
        setReplans(turn => turn + 1);
      }
      return changed;
    },
  });
  const items = updates.data?.items ?? [];
  const current = created
    ? items.find(({ id }) => id === created.id) ?? created
    : items.find(item => item.layer === plan.layer && isPending(item));

  if (plan.empty) {
    return (
      <Notice tone="good" title="Nothing to do.">
        <Text>{`Everything of ${plan.template.to} is here, and the lock file says so.`}</Text>
      </Notice>
    );
  }
  return (
    <Stack gap={2}>
      <Stack gap={1}>
        <Heading level={4}>
          {`Update from ${plan.template.from} to ${plan.template.to}`}
        </Heading>
        <Announcement
          text={
            replans > 0
              ? 'The service changed since; here is the new plan. What you decided is kept where it is still asked.'
              : undefined
          }
          turn={replans}
        />
        <Text variant="strong">{planSummaryText(plan)}</Text>
        <PlanMigrated migrated={plan.migrated} />
        <Notices plan={plan} />
      </Stack>
      <DiffViewSwitch view={view} onChange={setView} />
      <PlanFiles
        plan={plan}
        view={view}
        decisions={decisions}
        decide={setDecisions}
      />
      <DecisionSummary
        plan={plan}
        decisions={decisions}
        noun={noun}
        onClear={() => setDecisions({})}
      />
      <CreateUpdateButton
        noun={noun}
        refusal={response.refusal}
        creating={creating}
        onCreate={() =>
          creating.create({
            layer: plan.layer,
            planDigest: plan.digest,
            decisions: decisionsToSend(decisions),
          })
        }
      >
        {current?.state === 'open' ? `Update the ${noun}` : `Create ${noun}`}
      </CreateUpdateButton>
      <Announcement
        text={
          created && current && isUnderWay(current)
            ? `Asked for: the ${created.noun} opens as soon as its branch is made.`
            : undefined
        }
        turn={requests}
      />
      {current ? <UpdateStatus update={current} /> : null}
      {current?.state === 'open' ? (
        <Text subtle>
          {`Look at it, and merge it there. Updating the ${noun} brings its branch in line with this plan and your decisions.`}
        </Text>
      ) : null}
    </Stack>
  );
}
