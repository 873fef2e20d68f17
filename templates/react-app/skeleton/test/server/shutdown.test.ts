import { describe, expect, it } from 'vitest';
import { Readiness } from '../../server/readiness.ts';
import { createShutdown } from '../../server/shutdown.ts';
import type { ShutdownOptions } from '../../server/shutdown.ts';

function setUp(changes: Partial<ShutdownOptions> = {}) {
  const readiness = new Readiness();
  readiness.started();
  const steps: string[] = [];
  const exited = Promise.withResolvers<number>();
  const shutdown = createShutdown({
    readiness,
    logger: { info: () => undefined, error: () => undefined },
    close: () => {
      steps.push(`close while ${readiness.state}`);
      return Promise.resolve();
    },
    exit: code => {
      steps.push(`exit ${code}`);
      exited.resolve(code);
    },
    drainMs: 1,
    deadlineMs: 10_000,
    ...changes,
  });
  return { readiness, steps, shutdown, exited: exited.promise };
}

describe('shutdown', () => {
  it('turns readiness off, closes and exits with 0', async () => {
    const { steps, shutdown } = setUp();
    await shutdown('SIGTERM');
    expect(steps).toEqual(['close while draining', 'exit 0']);
  });

  it('keeps serving, not ready, while it drains', async () => {
    const { readiness, steps, shutdown } = setUp({ drainMs: 50 });
    const stopped = shutdown('SIGTERM');
    expect(readiness.state).toBe('draining');
    expect(steps).toEqual([]);
    await stopped;
    expect(steps).toHaveLength(2);
  });

  it('does not drain for a person at a terminal', async () => {
    const { steps, shutdown } = setUp({ drainMs: 60_000 });
    await shutdown('SIGINT');
    expect(steps).toEqual(['close while draining', 'exit 0']);
  });

  it('counts only the first signal', async () => {
    const { steps, shutdown } = setUp();
    await Promise.all([shutdown('SIGTERM'), shutdown('SIGTERM')]);
    expect(steps).toHaveLength(2);
  });

  it('exits with 1 when the deadline passes', async () => {
    const { shutdown, exited } = setUp({
      close: () => new Promise(() => undefined),
      deadlineMs: 20,
    });
    void shutdown('SIGTERM');
    expect(await exited).toBe(1);
  });

  it('exits with 1 when closing fails', async () => {
    const { steps, shutdown } = setUp({
      close: () => Promise.reject(new Error('stuck')),
    });
    await shutdown('SIGTERM');
    expect(steps).toEqual(['exit 1']);
  });
});
