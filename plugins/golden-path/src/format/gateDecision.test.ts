import {
  blockedDecision,
  decisionFixture,
  overriddenDecision,
} from '../__fixtures__/gate';
import { mayProceed, reasonText, shortSha, standing } from './gateDecision';

const now = new Date('2026-11-21T12:00:00Z');

describe('mayProceed', () => {
  it('goes by the decision where nobody overrode it', () => {
    expect(mayProceed(decisionFixture(), now)).toBe(true);
    expect(mayProceed(blockedDecision(), now)).toBe(false);
  });

  it('goes by the clock where somebody did, whatever was loaded', () => {
    const loaded = overriddenDecision('2026-11-21T12:00:01Z');
    expect(loaded.proceed).toBe(true);
    expect(mayProceed(loaded, now)).toBe(true);
    expect(mayProceed(loaded, new Date('2026-11-21T12:00:01Z'))).toBe(false);
  });

  it('lets every exemption pass', () => {
    const rollback = blockedDecision({ exemption: 'rollback' });
    expect(mayProceed(rollback, now)).toBe(true);
  });
});

describe('standing', () => {
  it.each([
    ['an unknown the policy lets pass', 'unknown', true, 'May go ahead'],
    ['an unknown the policy stops', 'unknown', false, 'Stopped'],
    ['a block', 'block', false, 'Stopped'],
    ['a warning', 'warn', true, 'May go ahead'],
  ] as const)('calls %s by its name', (_, verdict, proceed, label) => {
    const { tone, ...words } = standing(
      decisionFixture({ verdict, proceed }),
      now,
    );
    expect(words.label).toBe(label);
    expect(tone).not.toBe('good');
  });
});

describe('reasonText', () => {
  const place = 'component:default/orders, production';

  it.each([
    [`Blocked: ${place}; a freeze is on; 2 more`, 'A freeze is on; 2 more'],
    [`Allowed: ${place}`, 'No rule speaks against it'],
    [
      `Allowed: ${place}; the policy asks nothing here`,
      'The policy asks nothing here',
    ],
    ['block: told by an older backend', 'Told by an older backend'],
  ])('of %s', (summary, text) => {
    expect(reasonText(decisionFixture({ summary }))).toBe(text);
  });
});

describe('shortSha', () => {
  it('cuts commits, and nothing else', () => {
    expect(shortSha('0123456789abcdef0123456789abcdef01234567')).toBe(
      '0123456789ab',
    );
    expect(shortSha('release-2026-11-21')).toBe('release-2026-11-21');
  });
});
