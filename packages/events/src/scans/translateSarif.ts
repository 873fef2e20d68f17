import { type Finding, MAX_DELIVERY_EVENT_SIZE } from '@goldenpath/engine';
import { type CdeventBody, cdeventBody } from '../cdeventBody';
import { digestOf } from '../digest';
import { readMessage, type Translation } from '../translation';
import { TranslationError } from '../translationError';
import { wellFormed } from '../wellFormed';
import { DEFAULT_PARTIAL_FINGERPRINT } from './findingIdentity';
import { findingsOf } from './sarifFindings';
import { sarifLogSchema, type SarifRun } from './sarifLog';

/** What a SARIF log is read with. @public */
export interface SarifInput {
  /** The parsed log. */
  sarif: unknown;
  /** What was scanned. */
  entityRef: string;
  /** The commit that was scanned. */
  sha?: string;
  /** Package URL or digest of the artifact that was scanned. */
  artifactId?: string;
  environment?: string;
  /** Stands in for the category of the log, where several things are scanned by one tool and the log does not say so. */
  category?: string;
  /** Key of `partialFingerprints` that tells findings apart; `primaryLocationLineHash` unless given. */
  partialFingerprint?: string;
  /** When the scan came in; its own end counts where the log names it. */
  at: Date;
}

/** Room in an event for everything but its findings, in characters. */
const ENVELOPE = 16_384;

/** One scan: what one tool found in one category. */
interface Scan {
  tool: string;
  category: string;
  runs: SarifRun[];
}

/**
 * The category of a run. The last part of `automationDetails.id` names the single run, as SARIF has it; an id of one
 * part is a category, since tools that write one mean that.
 */
function categoryOf(run: SarifRun): string {
  const id = run.automationDetails?.id ?? '';
  const end = id.lastIndexOf('/');
  return end < 0 ? id : id.slice(0, end);
}

/** Runs of one tool and category are one scan: two events would read as one scan replacing the other. */
function scansOf(runs: readonly SarifRun[], category?: string): Scan[] {
  const scans = new Map<string, Scan>();
  for (const run of runs) {
    const tool = run.tool.driver.name;
    const scan = { tool, category: category ?? categoryOf(run) };
    const key = JSON.stringify(scan);
    const known = scans.get(key);
    if (known) {
      known.runs.push(run);
    } else {
      scans.set(key, { ...scan, runs: [run] });
    }
  }
  return [...scans.values()];
}

/** Why the results of a run are not the whole truth, or `undefined` when they are. */
function failureOf(run: SarifRun): string | undefined {
  if (
    run.invocations?.some(
      ({ executionSuccessful }) => executionSuccessful === false,
    )
  ) {
    return 'executionSuccessful is false';
  }
  if ((run.externalPropertyFileReferences?.results ?? []).length > 0) {
    return 'its results are in files beside the log; let the scanner write them into the log';
  }
  return run.results ? undefined : 'it has no results';
}

function timesOf(runs: readonly SarifRun[], at: Date) {
  const read = (texts: (string | null | undefined)[]) =>
    texts
      .map(text => Date.parse(text ?? ''))
      .filter(time => !Number.isNaN(time) && time <= at.getTime());
  const invocations = runs.flatMap(run => run.invocations ?? []);
  const ends = read(invocations.map(({ endTimeUtc }) => endTimeUtc));
  const starts = read(invocations.map(({ startTimeUtc }) => startTimeUtc));
  const end = ends.length > 0 ? new Date(Math.max(...ends)) : undefined;
  return {
    end,
    // Without an end nobody knows how long it took
    startedAt:
      end && starts.length > 0 && Math.min(...starts) <= end.getTime()
        ? new Date(Math.min(...starts)).toISOString()
        : undefined,
  };
}

/** Leaves out what is only for the eye until the findings fit into one event. */
function fitting(findings: Finding[], tool: string): Finding[] {
  const room = MAX_DELIVERY_EVENT_SIZE - ENVELOPE;
  let fitted = findings;
  for (const part of ['url', 'title'] as const) {
    if (JSON.stringify(fitted).length <= room) {
      return fitted;
    }
    fitted = fitted.map(({ [part]: _left, ...finding }) => finding);
  }
  if (JSON.stringify(fitted).length > room) {
    throw new TranslationError(
      `runs.results: the ${findings.length} findings of '${tool}' are too large for one event, even without titles; send one log for each part of the code with its own automationDetails.id`,
    );
  }
  return fitted;
}

function scanEvent(
  scan: Scan,
  failed: boolean,
  input: SarifInput,
): CdeventBody {
  const { entityRef, sha, artifactId, environment, at } = input;
  const { end, startedAt } = timesOf(scan.runs, at);
  const content = {
    tool: scan.tool,
    category: scan.category,
    successful: !failed,
    findings: failed
      ? undefined
      : fitting(
          findingsOf(
            scan.runs,
            input.partialFingerprint ?? DEFAULT_PARTIAL_FINGERPRINT,
          ),
          scan.tool,
        ),
    artifactId,
  };
  // What was scanned says which scan it is; without that its time does
  const scanned = sha ?? artifactId ?? (end ?? at).toISOString();
  return cdeventBody({
    name: 'goldenpath-scan.finished',
    source: `/sarif/${encodeURIComponent(wellFormed(scan.tool))}`,
    identity: [
      digestOf(
        JSON.stringify([
          ...[entityRef, environment ?? '', scanned, end ?? ''],
          content,
        ]),
      ),
    ],
    at: end ?? at,
    subject: {
      id: scan.category ? `${scan.tool}/${scan.category}` : scan.tool,
      content: {
        ...content,
        environment:
          environment === undefined ? undefined : { id: environment },
      },
    },
    goldenPath: { entityRef, sha, startedAt },
  });
}

/**
 * Reads a SARIF 2.1.0 log as `goldenpath-scan.finished`, one for each tool and category.
 *
 * A finding is a result of kind `fail`. It is known again by `fingerprints`, else by vulnerability and package, else by
 * `partialFingerprints`, else by rule, path and code, never by its line. A run without results, or whose execution was not
 * successful, is a scan that found out nothing: `successful` is false and there are no findings. The same log again
 * gives the same event where it says what was scanned (`sha`, `artifactId`) or when.
 *
 * @throws TranslationError when it is no SARIF 2.1.0, or has more than 5,000 findings of one tool and category.
 *
 * @public
 */
export function translateSarif(input: SarifInput): Translation {
  const { runs } = readMessage(sarifLogSchema, input.sarif, 'SARIF log');
  if (!runs || runs.length === 0) {
    return {
      events: [],
      skipped: [{ what: 'SARIF log', reason: 'it has no runs' }],
    };
  }
  const translation: Translation = { events: [], skipped: [] };
  for (const scan of scansOf(runs, input.category)) {
    const failures = scan.runs
      .map(failureOf)
      .filter(failure => failure !== undefined);
    translation.events.push(scanEvent(scan, failures.length > 0, input));
    if (failures.length > 0) {
      translation.skipped.push({
        what: `results of '${scan.tool}'${
          scan.category ? ` in ${scan.category}` : ''
        }`,
        reason: `not scanned: ${failures[0]}`,
      });
    }
  }
  return translation;
}
