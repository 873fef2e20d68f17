import type { CheckResult, Scorecard } from '@goldenpath/engine';
import builder, { type TestSuite } from 'junit-report-builder';
import { placesOf } from './amounts';

const MAX_PLACES = 20;

/** XML 1.0 has no way to write these, not even escaped. */
const UNWRITABLE = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu;

const clean = (text: string) => text.replace(UNWRITABLE, '\ufffd');

function detailsOf(check: CheckResult): string {
  return [
    ...placesOf(check, MAX_PLACES).map(({ place, text }) => `${place} ${text}`),
    ...(check.remediation?.text ? [check.remediation.text] : []),
  ].join('\n');
}

function addCase(suite: TestSuite, card: Scorecard, check: CheckResult): void {
  const { verdict, stage } = check;
  const testCase = suite
    .testCase()
    .className(clean(`${card.path.name}.${check.level}.${check.category}`))
    .name(clean(`${check.id} ${check.title}`));
  const message = clean(check.message);
  const place = placesOf(check, 1)[0]?.place.replace(/:\d+$/, '');
  if (place) {
    testCase.file(clean(place));
  }
  if (verdict === 'pass') {
    return;
  }
  if (stage === 'enforce' && verdict === 'fail') {
    testCase.failure(message, 'fail').stacktrace(clean(detailsOf(check)));
  } else if (stage === 'enforce' && verdict === 'error') {
    testCase.error(message, 'error', clean(detailsOf(check)));
  } else {
    const counts = stage === 'enforce' ? '' : ` (${stage}, does not count)`;
    testCase.skipped().standardOutput(`${verdict}${counts}: ${message}`);
  }
}

/**
 * Scorecards as JUnit XML: a suite per path, a test case per check. What fails is a failure, what is broken an error;
 * what is not known, out of date, waived, does not apply or does not count yet is skipped, with its verdict as output.
 */
export function scorecardJunit(cards: Scorecard[]): string {
  const report = builder.newBuilder();
  for (const card of cards) {
    const suite = report
      .testSuite()
      .name(clean(`${card.path.name} ${card.path.version}`))
      .timestamp(card.evaluatedAt)
      .property('entityRef', clean(card.entityRef))
      .property('level', clean(card.level ?? 'none'));
    for (const check of card.checks) {
      addCase(suite, card, check);
    }
  }
  return report.build();
}
