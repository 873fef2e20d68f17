import { NotFoundError } from '@backstage/errors';
import { StoredFact } from '../database/FactStore';
import {
  CollectorOutcome,
  digestOf,
  isCollectorDue,
  nextFact,
} from './factOutcome';

const now = new Date('2026-11-21T10:00:00.000Z');
const stored: StoredFact = {
  source: 'repository',
  etag: 'e1',
  refreshAt: new Date('2026-11-21T10:30:00Z'),
  fact: {
    observedAt: '2026-11-21T09:30:00.000Z',
    expiresAt: '2026-11-21T11:30:00.000Z',
    data: { files: 3 },
  },
};

const after = (
  outcome: CollectorOutcome,
  before: StoredFact | undefined = stored,
) =>
  nextFact({
    source: 'repository',
    ttlMs: 7_200_000,
    stored: before,
    outcome,
    now,
  });

describe('nextFact', () => {
  it('believes a new fact for its ttl and asks again after half of it', () => {
    expect(after({ status: 'collected', data: { a: 1 }, etag: 'e2' })).toEqual({
      source: 'repository',
      etag: 'e2',
      digest: digestOf('{"a":1}'),
      refreshAt: new Date('2026-11-21T11:00:00Z'),
      fact: {
        observedAt: '2026-11-21T10:00:00.000Z',
        expiresAt: '2026-11-21T12:00:00.000Z',
        data: { a: 1 },
      },
    });
  });

  it('renews a fact that is unchanged', () => {
    expect(after({ status: 'unchanged' })).toMatchObject({
      etag: 'e1',
      fact: { expiresAt: '2026-11-21T12:00:00.000Z', data: { files: 3 } },
    });
  });

  it('keeps the last good fact and its expiry after a failure, and retries soon', () => {
    expect(after({ error: new Error('forge is down') })).toEqual({
      ...stored,
      problem: 'forge is down',
      refreshAt: new Date('2026-11-21T10:05:00Z'),
    });
  });

  it.each<[string, CollectorOutcome]>([
    ['gone', { error: new NotFoundError('gone') }],
    ['no repository', { status: 'absent', reason: 'no repository' }],
  ])('removes the fact when there is nothing to know: %s', (why, outcome) => {
    const fact = after(outcome);
    expect(fact).toMatchObject({ problem: why });
    expect(fact.fact).toBeUndefined();
    expect(fact.etag).toBeUndefined();
  });

  it('does not take credentials of a url into the problem', () => {
    const error = new Error('cannot read https://me:secret@example.com/a');
    expect(after({ error }).problem).toBe('cannot read https://example.com/a');
  });

  it('refuses an answer that is no JSON object, is too large, or renews nothing', () => {
    const bad = [1, 2] as unknown as Record<string, never>;
    expect(after({ status: 'collected', data: bad }).problem).toMatch(
      /did not answer with a JSON object/,
    );
    const large = { text: 'x'.repeat(2_000_001) };
    expect(after({ status: 'collected', data: large }).problem).toMatch(
      /at most 2000000 are kept/,
    );
    const renewed = nextFact({
      source: 'pager',
      ttlMs: 1000,
      stored: undefined,
      outcome: { status: 'unchanged' },
      now,
    });
    expect(renewed.fact).toBeUndefined();
    expect(renewed.problem).toMatch(/there is no fact yet/);
  });
});

describe('isCollectorDue', () => {
  const due = (source: string, reasons: any[], at = now) =>
    isCollectorDue({ source, stored, reasons, now: at });

  it('asks for what was never asked or is due', () => {
    expect(
      isCollectorDue({ source: 'a', stored: undefined, reasons: [], now }),
    ).toBe(true);
    expect(due('repository', [], new Date('2026-11-21T10:30:00Z'))).toBe(true);
    expect(due('repository', ['paths-changed', 'fact-expiring'])).toBe(false);
  });

  it('asks only those whose input the reason touches', () => {
    expect(due('health', ['delivery-event'])).toBe(true);
    expect(due('repository', ['delivery-event'])).toBe(false);
    expect(due('repository', ['repository-pushed'])).toBe(true);
    expect(due('catalog', ['repository-pushed'])).toBe(false);
    expect(due('catalog', ['refresh'])).toBe(true);
    expect(due('pager', ['entity-changed'])).toBe(true);
  });
});
