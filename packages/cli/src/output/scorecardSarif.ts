import {
  type CheckResult,
  digestOf,
  type Evidence,
  type Scorecard,
} from '@goldenpath/engine';
import type {
  Log,
  Notification,
  ReportingDescriptor,
  Result,
  Run,
} from 'sarif';

const SCHEMA =
  'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** Where a result goes that is about the entity as a whole: code scanning takes none without a place. */
const ENTITY_FILE = 'catalog-info.yaml';

/** `error` for what counts, `note` for what is announced. */
const levelOf = ({ stage }: CheckResult) =>
  stage === 'enforce' ? 'error' : 'note';

function ruleOf(check: CheckResult): ReportingDescriptor {
  const { id, title, description, remediation, maps, category, level } = check;
  const remedy = remediation?.text ?? 'See the check in the golden path.';
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: description ?? title },
    help: {
      text: remedy,
      markdown: [description ?? title, `**What to do:** ${remedy}`].join(
        '\n\n',
      ),
    },
    ...(remediation?.url && { helpUri: remediation.url }),
    defaultConfiguration: { level: levelOf(check) },
    properties: { tags: [category, level, ...maps] },
  };
}

function locationOf({ file, line }: Partial<Evidence>): Result['locations'] {
  return [
    {
      physicalLocation: {
        artifactLocation: {
          uri: encodeURI(file ?? ENTITY_FILE),
          uriBaseId: '%SRCROOT%',
        },
        region: { startLine: line ?? 1 },
      },
    },
  ];
}

/** Stays the same when lines move. */
function fingerprintOf(card: Scorecard, id: string, place?: Evidence): string {
  const parts = [card.path.name, id, place?.file ?? '', place?.text ?? ''];
  return digestOf(new TextEncoder().encode(parts.join('\n')));
}

function resultsOf(
  card: Scorecard,
  check: CheckResult,
  ruleIndex: number,
): Result[] {
  const { verdict, waiver } = check;
  if (verdict === 'pass' || verdict === 'not-applicable') {
    return [];
  }
  const isFailure = verdict === 'fail' || verdict === 'waived';
  const places = isFailure
    ? check.evidence.filter(item => item.file !== undefined)
    : [];
  const seen = new Map<string, number>();
  return (places.length > 0 ? places : [undefined]).map((place): Result => {
    const fingerprint = fingerprintOf(card, check.id, place);
    // The same text twice in a file is two results
    const count = (seen.get(fingerprint) ?? 0) + 1;
    seen.set(fingerprint, count);
    const detail = place?.text ? `: ${place.text}` : '';
    return {
      ruleId: check.id,
      ruleIndex,
      kind: isFailure ? 'fail' : 'open',
      level: isFailure ? levelOf(check) : 'none',
      message: { text: `${check.message}${detail}` },
      locations: locationOf(place ?? {}),
      partialFingerprints: {
        'goldenPathCheck/v1': `${fingerprint}:${count}`,
      },
      ...(waiver && {
        suppressions: [
          {
            kind: 'external' as const,
            status: 'accepted' as const,
            justification: `${waiver.reason} (${waiver.owner}, until ${waiver.expires})`,
          },
        ],
      }),
    };
  });
}

function notificationsOf(checks: CheckResult[]): Notification[] {
  return checks.flatMap((check, index) =>
    check.verdict === 'error'
      ? [
          {
            level: 'error' as const,
            message: { text: check.message },
            associatedRule: { id: check.id, index },
          },
        ]
      : [],
  );
}

function runOf(card: Scorecard): Run {
  // What nobody but the platform team is shown is nobody's alert
  const checks = card.checks.filter(check => check.stage !== 'shadow');
  const notifications = notificationsOf(checks);
  return {
    tool: {
      driver: {
        name: `golden-path ${card.path.name}`,
        semanticVersion: card.path.version,
        rules: checks.map(ruleOf),
      },
    },
    automationDetails: { id: `golden-path/${card.path.name}/` },
    invocations: [
      {
        executionSuccessful: true,
        endTimeUtc: card.evaluatedAt,
        ...(notifications.length > 0 && {
          toolExecutionNotifications: notifications,
        }),
      },
    ],
    results: checks.flatMap((check, index) => resultsOf(card, check, index)),
    properties: {
      entityRef: card.entityRef,
      level: card.level,
      score: card.score,
    },
  };
}

/**
 * Scorecards as SARIF 2.1.0, a run per path. What fails is one result of kind `fail` per place, `error` when it counts
 * and `note` when it is announced; what is unknown, stale or broken is of kind `open`; a waived check is a suppressed
 * failure. What passes or does not apply has no result, since code scanning shows every result as an alert.
 */
export function scorecardSarif(cards: Scorecard[]): Log {
  return { version: '2.1.0', $schema: SCHEMA, runs: cards.map(runOf) };
}
