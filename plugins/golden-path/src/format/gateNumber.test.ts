import { numberText, numberTitle } from './gateNumber';

describe('the numbers of a rule', () => {
  it.each([
    ['remaining', -0.04, 'Budget left', '-4%'],
    ['hoursLeft', null, 'Used up in, at the present burn', 'not burning'],
    ['hoursLeft', 0, 'Used up in, at the present burn', '0 s'],
    ['longSeconds', 3_600, 'Long window', '1 h'],
    ['burnRate', 14.4, 'Burn rate', '14.4 times'],
    ['burnRate', null, 'Burn rate', 'not known'],
    ['asked', 0, 'Checks asked', '0'],
    ['timeZone', 'Europe/Paris', 'Time zone', 'Europe/Paris'],
    ['tier', null, 'Tier', 'not known'],
  ])('%s of %s', (name, value, title, text) => {
    expect(numberTitle(name)).toBe(title);
    expect(numberText(name, value)).toBe(text);
  });

  it('shows instants as times', () => {
    expect(numberText('measuredAt', '2026-11-21T09:00:00Z')).toMatch(
      /^21 Nov 2026, /,
    );
  });
});
