import type { ChangeRequest } from '@goldenpath/backstage-plugin-golden-path-common';
import { DRAFT_WORDING, requestStateWording } from '../format/changeRequest';
import { Row, StatusChip } from '../ui';

/** The state of a change request, and whether it is a draft. */
export function RequestChips(props: { request: ChangeRequest }) {
  const { request } = props;
  return (
    <Row gap={0.5}>
      <StatusChip {...requestStateWording(request.state)} />
      {request.state === 'open' && request.draft ? (
        <StatusChip {...DRAFT_WORDING} />
      ) : null}
    </Row>
  );
}
