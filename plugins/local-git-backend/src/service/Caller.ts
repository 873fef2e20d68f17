import { RepositoryRecord } from '../database/RepositoryStore';

/** Who asks, and what they are a member of; a caller that is not a user may look but owns nothing. */
export interface Caller {
  userEntityRef?: string;
  /** `plugin:<id>` when a plugin of the same installation asks in its own name. */
  plugin?: string;
  ownershipEntityRefs: string[];
}

/** A caller that is a user. */
export type UserCaller = Caller & { userEntityRef: string };

/** Whether a caller may push every branch of a repository: who created it, and members of its owner. */
export function canPush(record: RepositoryRecord, caller: Caller): boolean {
  return (
    (caller.userEntityRef !== undefined &&
      record.createdBy === caller.userEntityRef) ||
    (record.owner !== null && caller.ownershipEntityRefs.includes(record.owner))
  );
}
