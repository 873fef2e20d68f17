import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type {
  RecoveredProvenance,
  UpdateRequest,
  UpdatesResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { useEffect, useState } from 'react';
import {
  isPending,
  isUnderWay,
  recoveredWording,
} from '../format/updateRequest';
import type { LiveData } from '../hooks/useLiveData';
import {
  Announcement,
  FailureNotice,
  Loading,
  Notice,
  Row,
  Stack,
  StatusChip,
  Text,
  UpdateStatus,
} from '../ui';
import { CreateUpdateButton } from './CreateUpdateButton';
import { useCreateUpdate } from './useCreateUpdate';
import { usePlan } from './usePlan';

function Recovered(props: { recovered: RecoveredProvenance }) {
  const { recovered } = props;
  const { title, label, tone, meaning } = recoveredWording(recovered);
  return (
    <Stack gap={0.5}>
      <Text variant="strong">{title}</Text>
      <Row>
        <StatusChip tone={tone} label={label} />
        <EntityRefLink entityRef={recovered.template} />
      </Row>
      <Text>{meaning}</Text>
      {recovered.reason ? <Text subtle>{recovered.reason}</Text> : null}
    </Stack>
  );
}

/** For a service without a lock: the template it was made from, as far as that can be found, and a way to add the lock. */
export function RecoverLock(props: {
  entityRef: string;
  updates: LiveData<UpdatesResponse>;
}) {
  const { entityRef, updates } = props;
  const { response, failure, load } = usePlan({ entityRef });
  const [created, setCreated] = useState<UpdateRequest>();
  const asked = updates.data?.items.find(
    item => item.from === null && isPending(item),
  );
  const known = updates.data !== undefined || updates.error !== undefined;
  const search = known && (created !== undefined || asked === undefined);
  useEffect(() => {
    if (search) {
      load();
    }
  }, [load, search]);
  const [turn, setTurn] = useState(0);
  const creating = useCreateUpdate({
    entityRef,
    onCreated: async update => {
      setCreated(update);
      setTurn(before => before + 1);
      await updates.reload();
    },
  });
  const current =
    updates.data?.items.find(({ id }) => id === created?.id) ?? created;
  const noun = response?.noun ?? 'change request';

  if (asked && !created && !response) {
    return (
      <Stack gap={1}>
        <Text>
          {`A ${asked.noun} adds the lock file already. Once it is merged, drift is known.`}
        </Text>
        <UpdateStatus update={asked} />
      </Stack>
    );
  }
  if (!response && !failure) {
    return <Loading>Looking for the template it was made from…</Loading>;
  }
  if (failure) {
    return <FailureNotice failure={failure} onRetry={load} />;
  }
  if (!response || response.status === 'ok') {
    return null;
  }
  if (!response.recovered) {
    return (
      <Notice
        tone="unsure"
        title="The template it was made from could not be found."
      >
        {response.reason ? <Text subtle>{response.reason}</Text> : null}
        <Text>
          If you know it, run golden-path adopt in the repository: it compares
          the service with a template and writes the lock file.
        </Text>
      </Notice>
    );
  }
  return (
    <Stack gap={1}>
      <Recovered recovered={response.recovered} />
      <Text subtle>
        With a lock file, drift from the template is known and updates can be
        proposed. Adding it changes no other file.
      </Text>
      <CreateUpdateButton
        noun={noun}
        refusal={response.refusal}
        creating={creating}
        onCreate={() => creating.create({ provenance: true })}
      >
        Propose to add the lock
      </CreateUpdateButton>
      <Announcement
        text={
          current && isUnderWay(current)
            ? `Asked for: the ${current.noun} opens as soon as its branch is made.`
            : undefined
        }
        turn={turn}
      />
      {current ? <UpdateStatus update={current} /> : null}
    </Stack>
  );
}
