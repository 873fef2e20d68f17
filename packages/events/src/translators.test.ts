import fc from 'fast-check';
import { parseDeliveryEvent } from '@goldenpath/engine';
import { delivery, everySample } from './__testUtils__/deliveries';
import { translateGithub } from './github/translateGithub';
import type { Translation } from './translation';
import { TranslationError } from './translationError';

const samples = everySample();
const senders = [...new Set(samples.map(({ translate }) => translate))];

function translateOrRefuse(translate: () => Translation): Translation {
  try {
    return translate();
  } catch (error) {
    expect(error).toBeInstanceOf(TranslationError);
    expect((error as Error).message).not.toBe('');
    return { events: [], skipped: [] };
  }
}

/** All places of a value, each as the keys that lead to it. */
function placesOf(value: unknown, keys: string[] = []): string[][] {
  return typeof value === 'object' && value !== null
    ? [
        keys,
        ...Object.entries(value).flatMap(([key, part]) =>
          placesOf(part, [...keys, key]),
        ),
      ]
    : [keys];
}

function replaceAt(value: unknown, keys: string[], part: unknown): unknown {
  if (keys.length === 0) {
    return part;
  }
  const copy = structuredClone(value) as Record<string, unknown>;
  let parent = copy;
  for (const key of keys.slice(0, -1)) {
    parent = parent[key] as Record<string, unknown>;
  }
  parent[keys[keys.length - 1]] = part;
  return copy;
}

describe('every sample', () => {
  it('is there', () => {
    expect(samples.length).toBeGreaterThan(35);
    expect(senders).toHaveLength(8);
  });

  it.each(samples.map(sample => [sample.name, sample] as const))(
    '%s gives events that the engine takes, the same each time',
    (_name, { translate, delivery: message }) => {
      const first = translate(message);
      const second = translate({
        ...structuredClone(message),
        receivedAt: new Date('2026-02-01T00:00:00Z'),
      });
      expect(first.events.length + first.skipped.length).toBeGreaterThan(0);
      const keys = first.events.map(body => {
        const event = parseDeliveryEvent(JSON.parse(JSON.stringify(body)));
        return `${event.source} ${event.id}`;
      });
      expect(new Set(keys).size).toBe(keys.length);
      expect(
        second.events.map(({ context }) => `${context.source} ${context.id}`),
      ).toEqual(keys);
      first.skipped.forEach(({ what, reason }) => {
        expect(what).not.toBe('');
        expect(reason).not.toBe('');
      });
    },
  );
});

describe('a translator', () => {
  it('refuses arbitrary JSON with a TranslationError, and with nothing else', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(senders.length - 1), (body, index) => {
        const { events } = translateOrRefuse(() =>
          senders[index](delivery(body, { 'x-github-event': 'push' })),
        );
        expect(events).toEqual([]);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('refuses a message with any one part of it exchanged with a TranslationError, or reads it', () => {
    fc.assert(
      fc.property(
        fc.nat(samples.length - 1),
        fc.nat(),
        fc.oneof(
          fc.jsonValue(),
          fc.string({ unit: 'binary' }),
          fc.constantFrom('0000-00-00T00:00:00Z', '\0', '\ud800', -1, 1e300),
        ),
        (index, place, part) => {
          const { translate, delivery: message } = samples[index];
          const places = placesOf(message.body);
          const body = replaceAt(
            message.body,
            places[place % places.length],
            part,
          );
          const { events } = translateOrRefuse(() =>
            translate({ ...message, body }),
          );
          events.forEach(event =>
            expect(() => parseDeliveryEvent(event)).not.toThrow(),
          );
        },
      ),
      { numRuns: 1_500 },
    );
  }, 60_000);
});

describe('GitHub', () => {
  it('asks for the header that names the event', () => {
    expect(() => translateGithub(delivery({}))).toThrow(
      "the header 'x-github-event' is missing",
    );
  });

  it('skips an event it does not know', () => {
    expect(
      translateGithub(delivery({}, { 'x-github-event': 'star' })),
    ).toMatchObject({ events: [], skipped: [{ what: 'star' }] });
  });
});
