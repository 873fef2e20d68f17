import { parseDeliveryEvent } from '@goldenpath/engine';
import { cdeventBody, type CdeventInput } from './cdeventBody';
import { TranslationError } from './translationError';

const input: CdeventInput = {
  name: 'change.merged',
  source: 'https://github.com/acme/checkout',
  identity: ['pull_request', 12, 'merged'],
  at: new Date('2026-01-05T10:00:00Z'),
  subject: { id: 12, content: { description: 'x', artifactId: undefined } },
  goldenPath: { sha: 'abc1234', url: undefined },
};

describe('cdeventBody', () => {
  it('builds a body of CDEvents 0.5 without gaps', () => {
    expect(cdeventBody(input)).toEqual({
      context: {
        specversion: '0.5.1',
        id: 'pull_request/12/merged',
        source: 'https://github.com/acme/checkout',
        type: 'dev.cdevents.change.merged.0.3.0',
        timestamp: '2026-01-05T10:00:00.000Z',
      },
      subject: { id: '12', content: { description: 'x' } },
      customData: { goldenPath: { sha: 'abc1234' } },
    });
  });

  it('names a custom event as the specification asks', () => {
    const { context } = cdeventBody({
      ...input,
      name: 'goldenpath-flags.observed',
      subject: { id: 'flags', content: { provider: 'flagd', flags: [] } },
    });
    expect(context.type).toBe('dev.cdeventsx.goldenpath-flags.observed.0.1.0');
  });

  it('gives one id to one identity, however long, and keeps parts apart', () => {
    const idOf = (...identity: string[]) =>
      cdeventBody({ ...input, identity }).context.id;
    const long = 'ü'.repeat(2_000);
    expect(idOf('a', long, '1')).toBe(idOf('a', long, '1'));
    expect(idOf('a', long, '1')).not.toBe(idOf('a', long, '2'));
    expect(idOf('a', long, '1').length).toBeLessThanOrEqual(240);
    expect(idOf('a/b', 'c')).not.toBe(idOf('a', 'b/c'));
  });

  it('refuses what the engine would refuse', () => {
    const refused = () => cdeventBody({ ...input, source: 'x'.repeat(1_001) });
    expect(refused).toThrow(TranslationError);
    expect(refused).toThrow("'change.merged' made of the message");
    expect(() => cdeventBody({ ...input, at: new Date(NaN) })).toThrow(
      TranslationError,
    );
  });

  it('keeps the engine from nothing it reads', () => {
    expect(parseDeliveryEvent(cdeventBody(input))).toMatchObject({
      kind: 'change-merged',
      sha: 'abc1234',
    });
  });
});
