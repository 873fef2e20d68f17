import type { Evidence } from '../model';
import { MAX_EVIDENCE } from './evidence';
import { isTopLevel, referencesOf, type Scope } from './references';
import type { Term } from './closures/term';

/** How many of the things an expression asks about fall short, and of how many. */
export type Tally = { count: number; total: number };

/** What an explanation has found so far. */
export type Findings = {
  evidence: Evidence[];
  found: number;
  /** List elements asked about, of the innermost lists. */
  elements: Tally;
  /** Everything else asked about. */
  leaves: Tally;
};

/** Findings to start from. */
export function noFindings(): Findings {
  return {
    evidence: [],
    found: 0,
    elements: { count: 0, total: 0 },
    leaves: { count: 0, total: 0 },
  };
}

/** Adds evidence, which is only made while there is room for it. */
export function add(into: Findings, evidence: () => Evidence): void {
  into.found += 1;
  if (into.evidence.length < MAX_EVIDENCE) {
    into.evidence.push(evidence());
  }
}

/** Counts a part of an expression that is no loop; at the top level its values are evidence when it falls short. */
export function addLeaf(
  term: Term,
  fallsShort: boolean,
  scope: Scope,
  into: Findings,
  evidence?: () => Evidence,
): void {
  into.leaves.total += 1;
  if (!fallsShort) {
    return;
  }
  into.leaves.count += 1;
  if (!isTopLevel(scope)) {
    return;
  }
  if (evidence) {
    add(into, evidence);
    return;
  }
  for (const entry of referencesOf(term, scope, MAX_EVIDENCE)) {
    add(into, () => entry);
  }
}
