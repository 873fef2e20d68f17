import { durationSeconds, escapeLabelValue } from './promql';

it.each([
  ['5m', 300],
  ['4w', 2_419_200],
  ['30d', 2_592_000],
  ['1h30m', 5_400],
  ['250ms', 0.25],
  ['', undefined],
  ['5', undefined],
  ['5min', undefined],
])('reads %s', (text, seconds) => {
  expect(durationSeconds(text)).toBe(seconds);
});

it('lets no text out of its quotes', () => {
  expect(escapeLabelValue('a"} or up{x="\\\n')).toBe(
    'a\\"} or up{x=\\"\\\\\\n',
  );
});
