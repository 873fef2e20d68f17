import { type FileOutcome, outcomeOf } from './FileOutcome';
import { inPlainConvention } from './normalise';
import type { TreeMerger } from './TreeMerger';

/**
 * Leaves alone what the service moved where the update would make it so unlike the template's file that the next plan
 * could not tell that it is the same: that plan would take the file as deleted. The lock stays at the old version of it.
 */
export async function recognisableMoves(
  outcomes: readonly FileOutcome[],
  merger: TreeMerger,
): Promise<FileOutcome[]> {
  const moved = outcomes.flatMap(outcome => {
    const { base, ours, theirs, comparison } = outcome.unit;
    const stamped = outcome.entry === 'held' ? base : theirs;
    const isMoved =
      base && theirs && ours?.path !== base.path && ours?.path !== theirs.path;
    return isMoved &&
      ours &&
      stamped?.content &&
      comparison.isChanged &&
      outcome.action !== 'keep' &&
      outcome.unit.class === 'merged'
      ? [{ outcome, from: stamped, content: stamped.content, to: ours }]
      : [];
  });
  if (moved.length === 0) {
    return [...outcomes];
  }
  const { moves } = await merger.mergeTrees({
    base: moved.map(({ from, content }) => ({
      path: from.path,
      mode: '100644',
      content: inPlainConvention(content),
    })),
    ours: moved.map(({ outcome, to }) => ({
      path: to.path,
      mode: '100644',
      content: inPlainConvention((outcome.write ?? to).content),
    })),
    theirs: [],
  });
  const found = new Map(moves.ours.map(({ from, to }) => [from, to]));
  const lost = new Set(
    moved
      .filter(({ from, to }) => found.get(from.path) !== to.path)
      .map(({ outcome }) => outcome),
  );
  return outcomes.map(outcome =>
    lost.has(outcome)
      ? outcomeOf(outcome.unit, {
          status: 'conflict',
          action: 'keep',
          conflict: 'rename',
          reason:
            'The service moved it, and what the template makes of it is another file; move it back, or decide',
          hunks: outcome.hunks,
          entry: 'held',
          change: 'conflict',
        })
      : outcome,
  );
}
