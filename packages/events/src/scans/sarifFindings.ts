import type { Finding, FindingSeverity } from '@goldenpath/engine';
import { findingSeveritySchema } from '@goldenpath/engine';
import { TranslationError } from '../translationError';
import { identityOf } from './findingIdentity';
import { pathOf } from './findingPath';
import { severityOf } from './findingSeverity';
import type {
  SarifMessage,
  SarifResult,
  SarifRule,
  SarifRun,
} from './sarifLog';
import { levelOf, ruleOf } from './sarifRules';
import { vulnerabilityOf } from './vulnerability';

/** Most findings a scan may have, suppressed ones included. */
export const MAX_FINDINGS = 5_000;
const MAX_TITLE = 200;
const MAX_TEXT = 1_024;

function textOf(
  message: SarifMessage | null | undefined,
  rule: SarifRule | undefined,
): string {
  const template =
    message?.text ??
    message?.markdown ??
    (message?.id
      ? rule?.messageStrings?.[message.id]?.text ?? message.id
      : undefined) ??
    '';
  const values = message?.arguments ?? [];
  return template.replace(
    /\{(\d+)\}/g,
    (whole, number: string) => values[Number(number)] ?? whole,
  );
}

function webAddress(text: string | null | undefined): string | undefined {
  return text && text.length <= MAX_TEXT && /^https?:\/\//i.test(text)
    ? text
    : undefined;
}

/** Other kinds say that something was fine, does not apply or is for a person to look at. */
function isFinding({ kind, baselineState }: SarifResult): boolean {
  return (kind ?? 'fail') === 'fail' && baselineState !== 'absent';
}

function isSuppressed({ suppressions }: SarifResult): boolean {
  return (suppressions ?? []).some(
    ({ status }) => (status ?? 'accepted') === 'accepted',
  );
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > MAX_TITLE ? `${line.slice(0, MAX_TITLE - 1)}…` : line;
}

interface Candidate {
  finding: Finding;
  unique: boolean;
}

function candidateOf(
  run: SarifRun,
  result: SarifResult,
  partialKey: string,
): Candidate {
  const rule = ruleOf(run, result);
  const ruleId = result.ruleId ?? result.rule?.id ?? rule?.id ?? '';
  const path = pathOf(run, result);
  const message = textOf(result.message, rule);
  const vulnerability = vulnerabilityOf(result, rule);
  const { fingerprint, unique } = identityOf(result, {
    ...{ ruleId, path, message, vulnerability, partialKey },
  });
  const title = shortened(
    message || (rule?.shortDescription?.text ?? rule?.name ?? ''),
  );
  const { ids, purl } = vulnerability;
  const finding: Finding = {
    fingerprint,
    ...(ruleId ? { ruleId: ruleId.slice(0, MAX_TEXT) } : {}),
    ...(title ? { title } : {}),
    severity: severityOf(result, rule, levelOf(run, result, rule)),
    suppressed: isSuppressed(result),
    ...(path ? { path: path.slice(-MAX_TEXT) } : {}),
    ...(ids.length > 0 ? { aliases: ids } : {}),
    ...(purl && purl.length <= MAX_TEXT ? { purl } : {}),
  };
  const url = webAddress(result.hostedViewerUri) ?? webAddress(rule?.helpUri);
  return { finding: url ? { ...finding, url } : finding, unique };
}

const SEVERITIES = findingSeveritySchema.options;

function worse(a: FindingSeverity, b: FindingSeverity): FindingSeverity {
  return SEVERITIES.indexOf(a) <= SEVERITIES.indexOf(b) ? a : b;
}

/**
 * The findings of runs of one tool and category, suppressed ones included. Results with the same fingerprint are one
 * finding, open when one of them is; results that only look the same are told apart by a count.
 *
 * @throws TranslationError when there are more than `MAX_FINDINGS`.
 */
export function findingsOf(
  runs: readonly SarifRun[],
  partialKey: string,
): Finding[] {
  const findings = new Map<string, Finding>();
  const seen = new Map<string, number>();
  for (const run of runs) {
    for (const result of (run.results ?? []).filter(isFinding)) {
      const { finding, unique } = candidateOf(run, result, partialKey);
      const base = finding.fingerprint;
      const count = (seen.get(base) ?? 0) + 1;
      seen.set(base, count);
      const fingerprint = unique || count === 1 ? base : `${base}:${count}`;
      const known = findings.get(fingerprint);
      findings.set(
        fingerprint,
        known === undefined
          ? { ...finding, fingerprint }
          : {
              ...known,
              severity: worse(known.severity, finding.severity),
              suppressed: known.suppressed && finding.suppressed,
            },
      );
      if (findings.size > MAX_FINDINGS) {
        throw new TranslationError(
          `runs.results: '${run.tool.driver.name}' reports more than ${MAX_FINDINGS} findings; let it leave out what nobody will act on (by severity, rule or folder), or send one log for each part of the code with its own automationDetails.id`,
        );
      }
    }
  }
  return [...findings.values()];
}
