import { mockServices } from '@backstage/backend-test-utils';
import { readTechInsightsConfig } from './config';

const read = (techInsights?: any) =>
  readTechInsightsConfig(
    mockServices.rootConfig({
      data: techInsights === undefined ? {} : { goldenPath: { techInsights } },
    }),
  );

it('has defaults, and takes durations and ids', () => {
  expect(read()).toEqual({ maxAgeMs: 7 * 24 * 3600 * 1000 });
  expect(read({})).toEqual(read());
  expect(
    read({ maxAge: { hours: 1, minutes: 30 }, retrievers: ['a'] }),
  ).toEqual({ maxAgeMs: 5_400_000, retrievers: ['a'] });
});

it.each([
  [{ maxAge: { fortnights: 1 } }, /goldenPath\.techInsights\.maxAge: .*fort/],
  [{ maxAge: { days: 0 } }, /goldenPath\.techInsights\.maxAge: must be longer/],
  [{ maxAge: { days: '7' } }, /goldenPath\.techInsights\.maxAge\.days: /],
  [{ retrievers: [] }, /goldenPath\.techInsights\.retrievers: /],
  [{ retriever: ['a'] }, /goldenPath\.techInsights: .*retriever/],
])('refuses %j', (config, message) => {
  expect(() => read(config)).toThrow(message);
});
