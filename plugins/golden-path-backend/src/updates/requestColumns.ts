import { ChangeRequestState } from '@goldenpath/backstage-plugin-golden-path-node';
import { UpdateRow } from '../database/UpdateStore';

const FIRST_CHECK_MS = 60_000;

/** What a row says of its request, as its host has it. @internal */
export function requestColumns(
  request: ChangeRequestState,
  now: Date,
): Partial<UpdateRow> {
  const { state, id, url, draft, checks } = request;
  const isOpen = state === 'open';
  return {
    state,
    host_request_id: id,
    url,
    draft: draft ? 1 : 0,
    checks,
    problem: null,
    merged_at: state === 'merged' ? now.toISOString() : null,
    next_check_at: isOpen
      ? new Date(now.getTime() + FIRST_CHECK_MS).toISOString()
      : null,
    ...(!isOpen && { open_key: null }),
  };
}
