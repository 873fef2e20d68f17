import type { Planning, TreeSpec } from './planning';

/** One row of the table. */
export type PlanCase = Planning & {
  name: string;
  /** The service after the update; what is not named here must not be there. */
  result: TreeSpec;
  /** By path: status, action, the kind of a conflict if there is one, and the hunks' statuses. */
  files: Record<string, string>;
  /** Kinds of notices, in their order. */
  notices?: string[];
  /** Entries of the lock that are held, with the version they are held at. */
  held?: Record<string, string>;
  /** Paths of the lock that count as deleted on purpose. */
  absentAfter?: string[];
  /** True when the next plan is not empty, as where a decision is not for good. */
  offersAgain?: boolean;
};

/** Ten lines that can be told apart, with some replaced by their number. */
export function lines(changes: Record<number, string> = {}): string {
  return Array.from({ length: 10 }, (_, i) => changes[i + 1] ?? `line ${i + 1}`)
    .map(line => `${line}\n`)
    .join('');
}
