import {
  Rollout,
  RolloutItem,
} from '@goldenpath/backstage-plugin-golden-path-common';

const WAVE_KEY = 'wave:';

/** A service of a roll-out, with what was observed of it. @internal */
export interface StepItem {
  entityRef: string;
  layer: string;
  wave: number;
  state: RolloutItem['state'];
  /** Of its request, as the host has it. */
  checks: 'passing' | 'failing' | 'pending' | 'unknown';
  url: string | null;
  /** Since the merge; `unknown` is no reason to stop, and no sign of being well either. */
  health: 'good' | 'fallen' | 'unknown' | null;
  healthCause: string | null;
}

/** @internal */
export interface StepRollout {
  status: Rollout['status'];
  /** Names, in order. */
  waves: readonly string[];
  /** Place of the newest wave that was started; -1 before the first. */
  currentWave: number;
  advanceAt: number;
  pauseOn: Rollout['pauseOn'];
  /** Keys of causes somebody resumed it in spite of. */
  accepted: readonly string[];
}

/** What speaks against going on. @internal */
export interface PauseCause {
  /** The same for the same cause. */
  key: string;
  /** The service it is about, where it is about one. */
  entityRef?: string;
  reason: string;
}

/** @internal */
export type RolloutStep =
  | { type: 'start'; wave: number }
  | { type: 'pause'; cause: PauseCause }
  | { type: 'finish' }
  | { type: 'wait' };

/**
 * What a roll-out does now; a pure decision, so that any replica comes to the same.
 *
 * A cause to pause counts before everything else. A wave starts when enough of the requests of the one before are merged;
 * when that can no longer be, since too many were closed or failed, the roll-out pauses, and goes on once somebody
 * resumed it and nothing of the wave is under way. It is finished when nothing is under way in any wave, and no wave is
 * left.
 * @internal
 */
export function nextStep(
  rollout: StepRollout,
  items: readonly StepItem[],
): RolloutStep {
  if (rollout.status !== 'running') {
    return { type: 'wait' };
  }
  const cause = pauseCauses(rollout, items).find(
    ({ key }) => !rollout.accepted.includes(key),
  );
  if (cause) {
    return { type: 'pause', cause };
  }
  const { currentWave, waves, accepted } = rollout;
  const next = currentWave + 1;
  if (next >= waves.length) {
    return items.some(isUnderWay) ? { type: 'wait' } : { type: 'finish' };
  }
  const { merged, needed, underWay } = progress(rollout, items);
  const goesOn =
    currentWave < 0 ||
    merged >= needed ||
    (underWay === 0 && accepted.includes(waveKey(currentWave)));
  return goesOn ? { type: 'start', wave: next } : { type: 'wait' };
}

/** Everything that speaks against going on, whether somebody resumed in spite of it or not. @internal */
export function pauseCauses(
  rollout: StepRollout,
  items: readonly StepItem[],
): PauseCause[] {
  const { pauseOn } = rollout;
  return [
    ...(pauseOn.failingPipelines ? items.flatMap(failingChecks) : []),
    ...(pauseOn.fallingHealth ? items.flatMap(fallenHealth) : []),
    ...hopelessWave(rollout, items),
  ];
}

/**
 * The accepted causes that go on to be accepted: those that hold, and every wave that may end without its share, since
 * what failed in it was tried again. What is over may be a cause again.
 * @internal
 */
export function stillAccepted(
  rollout: StepRollout,
  items: readonly StepItem[],
): string[] {
  const holding = new Set(pauseCauses(rollout, items).map(({ key }) => key));
  return rollout.accepted.filter(
    key => key.startsWith(WAVE_KEY) || holding.has(key),
  );
}

/** Whether its request may still be merged without anybody asking anew. @internal */
export function isUnderWay({ state }: Pick<StepItem, 'state'>): boolean {
  return state === 'queued' || state === 'working' || state === 'open';
}

function failingChecks(item: StepItem): PauseCause[] {
  const { entityRef, layer, url } = item;
  return item.state === 'open' && item.checks === 'failing'
    ? [
        {
          key: `checks:${entityRef}:${layer}`,
          entityRef,
          reason: `The pipelines of the update of ${entityRef} are failing${
            url === null ? '' : `: ${url}`
          }`,
        },
      ]
    : [];
}

function fallenHealth(item: StepItem): PauseCause[] {
  const { entityRef } = item;
  return item.state === 'merged' && item.health === 'fallen'
    ? [
        {
          key: `health:${entityRef}`,
          entityRef,
          reason: `The health of ${entityRef} fell after its update was merged: ${item.healthCause}`,
        },
      ]
    : [];
}

function hopelessWave(
  rollout: StepRollout,
  items: readonly StepItem[],
): PauseCause[] {
  const { currentWave, waves } = rollout;
  const { merged, needed, underWay, total } = progress(rollout, items);
  const isLast = currentWave === waves.length - 1;
  if (currentWave < 0 || isLast || merged + underWay >= needed) {
    return [];
  }
  return [
    {
      key: waveKey(currentWave),
      reason: `Of the ${total} requests of the wave '${
        waves[currentWave]
      }', ${needed} must be merged before the next wave, and ${
        total - merged - underWay
      } were closed or failed`,
    },
  ];
}

function progress(rollout: StepRollout, items: readonly StepItem[]) {
  const requests = items.filter(
    ({ wave, state }) =>
      wave === rollout.currentWave && state !== 'nothing-to-do',
  );
  const count = (counts: (item: StepItem) => boolean) =>
    requests.filter(counts).length;
  return {
    total: requests.length,
    merged: count(({ state }) => state === 'merged'),
    underWay: count(isUnderWay),
    // What is lost to rounding must not ask for one more than there are
    needed: Math.ceil(rollout.advanceAt * requests.length - 1e-9),
  };
}

function waveKey(wave: number): string {
  return `${WAVE_KEY}${wave}`;
}
