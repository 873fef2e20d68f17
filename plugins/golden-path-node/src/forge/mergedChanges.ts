import type { ForgeData } from '@goldenpath/engine';
import { agentOf } from './agentOf';
import { readAiDisclosure } from './aiDisclosure';

/** An account on a forge. @public */
export interface ForgeAccount {
  login: string;
  /** Whether the forge says that it is no person's. */
  bot: boolean;
}

/** A pull or merge request that was merged. @public */
export interface MergedChange {
  /** Absent when the account is gone. */
  author?: ForgeAccount;
  /** Title and description. */
  description: string;
  /** Messages of its commits, of the newest when there are many. */
  commitMessages: string[];
  /** Who approved what was merged. */
  approvedBy: ForgeAccount[];
}

/**
 * Counts merged changes for the `pullRequests` of the `forge` fact.
 *
 * AI assisted: the author is a coding agent's account, or a trailer or the description says that AI took part.
 * Disclosing: the description or a trailer says whether it did. Self-merged: no person other than the author approved.
 * @public
 */
export function summarizeMergedChanges(
  changes: MergedChange[],
): NonNullable<ForgeData['pullRequests']> {
  const read = changes.map(change => {
    const { disclosed, assisted } = readAiDisclosure(
      change.description,
      change.commitMessages,
    );
    return {
      disclosed,
      assisted: assisted || Boolean(change.author && agentOf(change.author)),
      reviewed: isReviewed(change),
    };
  });
  return {
    merged: read.length,
    aiAssisted: read.filter(({ assisted }) => assisted).length,
    aiWithoutHumanReview: read.filter(
      ({ assisted, reviewed }) => assisted && !reviewed,
    ).length,
    disclosing: read.filter(({ disclosed }) => disclosed).length,
    selfMerged: read.filter(({ reviewed }) => !reviewed).length,
  };
}

function isReviewed({ author, approvedBy }: MergedChange): boolean {
  return approvedBy.some(
    account =>
      !account.bot && !agentOf(account) && account.login !== author?.login,
  );
}
