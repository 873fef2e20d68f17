import type { Metric, MetricPart } from '../../model';
import { type ChangeRecord, changesIn } from '../ai/changes';
import {
  isInWindow,
  type MetricContext,
  MIN_RATE_N,
  noteOf,
  rateOf,
  tooFew,
  withoutSource,
} from './metricContext';

const CLASSES = [
  'ai-assisted',
  'no-disclosure',
  'automation',
  'unknown',
] as const;

type ChangeClass = (typeof CLASSES)[number];

const NOTES: Partial<Record<ChangeClass, string>> = {
  automation: 'not in the share',
  unknown: 'nothing is known of these: not in the share',
};

function classOf({ disclosure }: ChangeRecord): ChangeClass {
  return disclosure ?? 'unknown';
}

/**
 * Disclosed AI-assisted share: of the changes of the window that say whether AI assisted, those that disclose it, with
 * Wilson's interval. A lower bound, since assistance that nobody disclosed counts as none. Changes of automation, such
 * as dependency bots, and those of which nothing is known are in neither numerator nor denominator. A change counts when
 * it was merged, else when it was first deployed. Never per person: events carry no author.
 */
export function aiShare(context: MetricContext): Metric {
  const { all } = changesIn(context);
  const changes = all.filter(
    ({ at }) => at !== undefined && isInWindow(at, context),
  );
  const parts = CLASSES.map((name): MetricPart => {
    const ofClass = changes.filter(change => classOf(change) === name);
    return {
      name,
      value: ofClass.length,
      unit: 'count',
      ...noteOf(NOTES[name]),
      evidence: context.orderEvidence(ofClass.flatMap(({ events }) => events)),
    };
  });
  if (all.every(({ disclosure }) => disclosure === undefined)) {
    return {
      ...withoutSource('ratio', [['absent', 'AI disclosure']])!,
      ...(changes.length > 0 && { parts }),
    };
  }
  const disclosed = parts[0].value!;
  const rate = rateOf(disclosed, disclosed + parts[1].value!);
  const judged = changes.filter(change =>
    ['ai-assisted', 'no-disclosure'].includes(classOf(change)),
  );
  return {
    ...rate,
    parts,
    ...noteOf(
      rate.denominator === 0 && 'no change in the window said anything',
      tooFew(rate, MIN_RATE_N, 'change'),
      'a lower bound: only assistance that was disclosed is seen',
    ),
    evidence: context.orderEvidence(judged.flatMap(({ events }) => events)),
  };
}
