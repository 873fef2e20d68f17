/**
 * Something on the time line of an entity.
 *
 * @public
 */
export interface TimelineEntry {
  id: string;
  kind: 'deployment' | 'incident' | 'flag' | 'scan';
  /** ISO 8601 text, in UTC. */
  at: string;
  /** When it ended, of what lasts; absent while it lasts. */
  until?: string;
  title: string;
  /** How it ended; `suspected`: held to have failed for a link in time alone. */
  outcome?:
    | 'succeeded'
    | 'failed'
    | 'rolled-back'
    | 'suspected'
    | 'cancelled'
    | 'open'
    | 'resolved'
    | 'unknown';
  deploymentId?: string;
  sha?: string;
  /** Changes shipped; absent when that is not known. */
  changes?: number;
  /** Those with disclosed AI assistance; absent where no change said anything of it. */
  aiAssisted?: number;
  /** New findings; absent for what was not scanned, and for the first scan, which has nothing to be compared with. */
  newFindings?: number;
  /** Incidents that are put down to a deployment, or the deployments an incident is put down to. */
  linked?: string[];
  url?: string;
  /** Ids of delivery events. */
  evidence: string[];
}

/** An optional text, or nothing at all. */
export function optional<K extends string, V>(
  key: K,
  value: V | undefined,
): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}
