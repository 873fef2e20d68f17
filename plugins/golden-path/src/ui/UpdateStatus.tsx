import type { UpdateRequest } from '@goldenpath/backstage-plugin-golden-path-common';
import {
  draftText,
  isUnderWay,
  updateChecksWording,
  updateStateWording,
  updateTitle,
} from '../format/updateRequest';
import { Row, Stack } from './layout';
import { RelativeTime } from './RelativeTime';
import { SafeLink } from './SafeLink';
import { StatusChip } from './StatusChip';
import { Text } from './text';

/** What a request is and how it stands, in a line; `brief` leaves out the rest. */
export function UpdateStatus(props: {
  update: UpdateRequest;
  brief?: boolean;
}) {
  const { update, brief } = props;
  const state = updateStateWording(update);
  const checks = updateChecksWording(update.checks);
  const draft = draftText(update);
  return (
    <Stack gap={0.5}>
      <Row>
        <Text inline>
          <SafeLink to={update.url ?? undefined}>
            {updateTitle(update)}
          </SafeLink>
        </Text>
        <StatusChip
          tone={state.tone}
          label={state.label}
          meaning={state.meaning}
        />
        {update.state === 'open' && update.checks !== 'unknown' ? (
          <StatusChip
            tone={checks.tone}
            label={checks.label}
            meaning={checks.meaning}
          />
        ) : null}
      </Row>
      {brief ? null : (
        <Text subtle variant="small">
          {`The ${update.noun} of branch ${update.branch}, changed `}
          <RelativeTime at={update.updatedAt} />
        </Text>
      )}
      {draft && !isUnderWay(update) ? <Text>{draft}</Text> : null}
      {update.problem ? <Text>{update.problem}</Text> : null}
    </Stack>
  );
}
