import { nextStep, pauseCauses, StepItem, StepRollout } from './nextStep';

const rollout = (changes: Partial<StepRollout> = {}): StepRollout => ({
  status: 'running',
  waves: ['first', 'second'],
  currentWave: 0,
  advanceAt: 1,
  pauseOn: { failingPipelines: true, fallingHealth: true },
  accepted: [],
  ...changes,
});
let made = 0;
const item = (
  state: StepItem['state'],
  changes: Partial<StepItem> = {},
): StepItem => {
  made += 1;
  return {
    entityRef: `component:default/s${made}`,
    layer: 'service',
    wave: 0,
    state,
    checks: 'unknown',
    url: null,
    health: null,
    healthCause: null,
    ...changes,
  };
};
const later = item('waiting', { wave: 1 });

describe('nextStep', () => {
  it('starts the first wave', () => {
    expect(
      nextStep(rollout({ currentWave: -1 }), [item('waiting'), later]),
    ).toEqual({ type: 'start', wave: 0 });
  });

  it.each(['paused', 'done', 'cancelled'] as const)(
    'does nothing while it is %s',
    status => {
      expect(nextStep(rollout({ status, currentWave: -1 }), [later])).toEqual({
        type: 'wait',
      });
    },
  );

  it('waits for every request of the wave, and then starts the next', () => {
    expect(nextStep(rollout(), [item('merged'), item('open'), later])).toEqual({
      type: 'wait',
    });
    expect(
      nextStep(rollout(), [item('merged'), item('merged'), later]),
    ).toEqual({ type: 'start', wave: 1 });
  });

  it('goes on at the share that was asked for', () => {
    const items = (merged: number) => [
      ...Array.from({ length: merged }, () => item('merged')),
      ...Array.from({ length: 10 - merged }, () => item('open')),
      later,
    ];
    const at = (advanceAt: number, merged: number) =>
      nextStep(rollout({ advanceAt }), items(merged)).type;
    expect(at(0.7, 6)).toBe('wait');
    expect(at(0.7, 7)).toBe('start');
    expect(at(0, 0)).toBe('start');
  });

  it('does not count services that had nothing to do', () => {
    expect(
      nextStep(rollout(), [item('nothing-to-do'), item('merged'), later]),
    ).toEqual({ type: 'start', wave: 1 });
    expect(nextStep(rollout(), [item('nothing-to-do'), later])).toEqual({
      type: 'start',
      wave: 1,
    });
  });

  it('pauses when the wave can come to its share no more, and goes on once that is accepted', () => {
    const items = [item('merged'), item('closed'), item('open'), later];
    const step = nextStep(rollout(), items);
    expect(step).toMatchObject({ type: 'pause', cause: { key: 'wave:0' } });
    expect(step.type === 'pause' && step.cause.reason).toContain("'first'");
    const accepted = ['wave:0'];
    expect(nextStep(rollout({ accepted }), items)).toEqual({ type: 'wait' });
    const settled = [item('merged'), item('failed'), later];
    expect(nextStep(rollout({ accepted }), settled)).toEqual({
      type: 'start',
      wave: 1,
    });
  });

  it('is finished when nothing is under way in any wave', () => {
    const last = rollout({ currentWave: 1 });
    const done = item('merged', { wave: 1 });
    expect(nextStep(last, [item('open'), done])).toEqual({ type: 'wait' });
    expect(
      nextStep(last, [item('closed'), item('failed', { wave: 1 }), done]),
    ).toEqual({ type: 'finish' });
  });

  it('pauses on failing pipelines, naming service and request', () => {
    const failing = item('open', {
      entityRef: 'component:default/pay',
      checks: 'failing',
      url: 'https://git.example.com/pay/1',
    });
    const step = nextStep(rollout(), [item('merged'), failing, later]);
    expect(step).toEqual({
      type: 'pause',
      cause: {
        key: 'checks:component:default/pay:service',
        entityRef: 'component:default/pay',
        reason:
          'The pipelines of the update of component:default/pay are failing: https://git.example.com/pay/1',
      },
    });
    const pauseOn = { failingPipelines: false, fallingHealth: true };
    expect(nextStep(rollout({ pauseOn }), [failing, later]).type).toBe('wait');
    expect(
      nextStep(
        rollout({ accepted: ['checks:component:default/pay:service'] }),
        [failing, later],
      ).type,
    ).toBe('wait');
  });

  it('does not pause on pipelines of requests that are closed', () => {
    expect(
      pauseCauses(rollout({ advanceAt: 0 }), [
        item('closed', { checks: 'failing' }),
      ]),
    ).toEqual([]);
  });

  it('pauses on fallen health, but neither on unknown health nor before the merge', () => {
    const fallen = item('merged', {
      entityRef: 'component:default/pay',
      health: 'fallen',
      healthCause: 'incident i1 began after it and is open',
    });
    expect(nextStep(rollout(), [fallen, later])).toMatchObject({
      type: 'pause',
      cause: {
        entityRef: 'component:default/pay',
        reason: expect.stringContaining('incident i1'),
      },
    });
    const pauseOn = { failingPipelines: true, fallingHealth: false };
    expect(nextStep(rollout({ pauseOn }), [fallen, later]).type).toBe('start');
    expect(
      nextStep(rollout(), [item('merged', { health: 'unknown' }), later]).type,
    ).toBe('start');
    expect(
      nextStep(rollout(), [item('open', { health: 'fallen' }), later]).type,
    ).toBe('wait');
  });
});
