import { readPromql } from './promql';

describe('readPromql', () => {
  it('tells syntax from noise', () => {
    expect(readPromql('sum(rate(requests_total[5m]))')).toEqual({
      parses: true,
      metrics: ['requests_total'],
      divides: false,
      onlyFailures: false,
      conditional: false,
      fillsGaps: false,
    });
    expect(readPromql('sum(rate(requests_total[5m])').parses).toBe(false);
    expect(readPromql(' ').parses).toBe(false);
    expect(readPromql(`1 + ${'1 + '.repeat(9_000)}1`).parses).toBeUndefined();
  });

  it.each([
    'sum(rate(requests_total{service="{{args.service}}"}[{{ args.window }}])) > {{args.minimum}}',
    'histogram_quantile(0.95, sum by (le) (rate(latency_bucket[{{.window}}])))',
    '{{args.metric}} > 0',
  ])('fills in the placeholders of %s', query => {
    expect(readPromql(query).parses).toBe(true);
  });

  it('does not judge what only its placeholders break', () => {
    expect(readPromql('{{args.query}} {{args.rest}}').parses).toBeUndefined();
    expect(readPromql('rate(a{b="{{args.c}}"}[{{args.d}}]').parses).toBe(false);
  });

  it('sees ratios, failures, conditions and filled gaps', () => {
    const ratio =
      'sum(rate(r_total{code=~"5.."}[1m])) / sum(rate(r_total[1m]))';
    expect(readPromql(ratio)).toMatchObject({
      divides: true,
      onlyFailures: true,
      conditional: false,
      metrics: ['r_total'],
    });
    expect(
      readPromql(`(${ratio}) and on() sum(rate(r_total[1m])) > 1`),
    ).toMatchObject({ conditional: true });
    expect(readPromql(`${ratio} or on() vector(0)`).fillsGaps).toBe(true);
  });
});
