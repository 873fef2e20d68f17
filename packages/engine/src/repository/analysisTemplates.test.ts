import { describeTexts } from './__fixtures__/describeTexts';

const rollout = (strategy: string) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: { name: web }\nspec: { strategy: ${strategy} }\n`;
const analysis = (...metrics: string[]) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: AnalysisTemplate\nmetadata: { name: health }\nspec:\n  metrics:\n${metrics
    .map(metric => `    - ${metric}\n`)
    .join('')}`;
const metric = (query: string, condition: string, more = '') =>
  `{ name: m, successCondition: "${condition}", provider: { prometheus: { query: '${query}' } }${more} }`;
const TRAFFIC = metric('sum(rate(r[1m]))', 'result[0] > 0');
const RATIO = 'sum(rate(e[1m])) / sum(rate(r[1m]))';

const metricsOf = (template: string, strategy = '{ canary: {} }') =>
  describeTexts({
    'k8s/analysis.yaml': template,
    'k8s/rollout.yaml': rollout(strategy),
  }).analysisMetrics ?? [];

describe('charts', () => {
  const open = (chart: string, template: string) =>
    (
      describeTexts({
        'chart/Chart.yaml': chart,
        'chart/templates/x.yaml': template,
      }).rollouts ?? []
    ).map(({ unreadable }) => unreadable);

  it.each([
    ['name: x\n', '{{- if .Values.on }}\nkind: Rollout\n', [true]],
    ['name: x\n', 'kind: {{ .Values.kind }}\n', [true]],
    ['name: x\ndependencies: [{ name: y }]\n', 'kind: Service\n', [true]],
    ['name: x\n', 'kind: Deployment\nspec: {{ .Values.spec }}\n', []],
  ])('%j with %j', (chart, template, expected) => {
    expect(open(chart, template)).toEqual(expected);
  });
});

describe('describeReleases', () => {
  it.each([
    ['{ canary: { steps: [{ setWeight: 20 }] } }', 'canary', true, false],
    ['{ canary: { steps: [{ setWeight: 100 }] } }', 'canary', false, false],
    ['{ canary: {} }', 'canary', false, false],
    ['{ blueGreen: { activeService: a } }', 'blueGreen', false, false],
    [
      '{ blueGreen: { prePromotionAnalysis: { templates: [{ templateName: health }] } } }',
      'blueGreen',
      true,
      true,
    ],
    [
      '{ canary: { steps: [{ setWeight: 5 }, { analysis: { templates: [{ templateName: health }] } }] } }',
      'canary',
      true,
      true,
    ],
  ])('reads the strategy %s', (text, strategy, progressive, analysed) => {
    expect(
      describeTexts({ 'k8s/rollout.yaml': rollout(text) }).rollouts,
    ).toMatchObject([{ kind: 'Rollout', strategy, progressive, analysed }]);
  });

  it("reads Flagger's canaries and their metric templates", () => {
    const facts = describeTexts({
      'k8s/canary.yaml':
        'apiVersion: flagger.app/v1beta1\nkind: Canary\nmetadata: { name: web }\nspec: { analysis: { interval: 1m, threshold: 5, stepWeight: 10, metrics: [{ name: request-success-rate }, { name: own, templateRef: { name: own } }] } }\n',
      'k8s/metric.yaml':
        'apiVersion: flagger.app/v1beta1\nkind: MetricTemplate\nmetadata: { name: own }\nspec: { provider: { type: prometheus }, query: \'sum(rate(r{job="{{ target }}"}[{{ interval }}]))\' }\n',
    });
    expect(facts.rollouts).toMatchObject([
      { kind: 'Canary', progressive: true, analysed: true, templates: ['own'] },
    ]);
    expect(facts.analysisMetrics).toMatchObject([
      { parses: true, guarded: true, limited: true, fits: true },
    ]);
  });

  it('reads canaries of Harness', () => {
    const { rollouts } = describeTexts({
      '.harness/deploy.yaml':
        'pipeline:\n  stages:\n    - stage:\n        spec:\n          steps:\n            - step: { type: K8sCanaryDeploy }\n            - step: { type: Verify }\n',
    });
    expect(rollouts).toMatchObject([{ progressive: true, analysed: true }]);
  });

  it.each([
    ['a sibling that counts', [metric(RATIO, 'result[0] < 1'), TRAFFIC], true],
    ['none', [metric(RATIO, 'result[0] < 1')], false],
    [
      'a condition on the length',
      [metric(RATIO, 'len(result) > 0 && result[0] < 1')],
      true,
    ],
    [
      'a condition that passes nothing',
      [metric(RATIO, 'len(result) == 0 || result[0] < 1'), TRAFFIC],
      false,
    ],
    [
      'a condition that passes NaN',
      [metric(RATIO, 'result[0] < 1 || isNaN(result[0])'), TRAFFIC],
      false,
    ],
    [
      'a query that asks for traffic',
      [metric(`(${RATIO}) and sum(rate(r[1m])) > 1`, 'result[0] < 1')],
      true,
    ],
    [
      'a query that fills gaps',
      [metric(`${RATIO} or vector(0)`, 'result[0] < 1'), TRAFFIC],
      false,
    ],
    [
      'a count of failures only',
      [metric('sum(rate(r{code="500"}[1m]))', 'result[0] >= 0')],
      false,
    ],
  ])('knows a guard against no traffic: %s', (_, metrics, guarded) => {
    expect(metricsOf(analysis(...metrics))[0].guarded).toBe(guarded);
  });

  it.each([
    ['', true],
    [', failureLimit: 3', true],
    [', count: 5, failureLimit: 4', true],
    [', count: 5, failureLimit: 5', false],
    [', failureLimit: -1', false],
    [', failureLimit: "{{args.limit}}"', undefined],
  ])('knows whether failures end it: %s', (more, limited) => {
    const [found] = metricsOf(analysis(metric('a', 'result[0] > 0', more)));
    expect(found.limited).toBe(limited);
  });

  const background = (...pauses: string[]) =>
    `{ canary: { analysis: { templates: [{ templateName: health }] }, steps: [${pauses
      .map(pause => `{ pause: { duration: ${pause} } }`)
      .join()}] } }`;
  const waiting =
    '{ canary: { steps: [{ analysis: { templates: [{ templateName: health }] } }] } }';

  it.each([
    [', interval: 1m', background('5m', '60'), true],
    [', interval: 1m', background('30s'), false],
    [', interval: 1m, count: 5', background('2m', '2m'), false],
    [', interval: 1m, count: 4', background('2m', '2m'), true],
    [', interval: 1m, initialDelay: 1m, count: 4', background('4m'), false],
    [', interval: 1m', '{ canary: { steps: [{ pause: {} }] } }', true],
    [', interval: 1m', waiting, false],
    [', interval: 1m, count: 3', waiting, true],
    ['', waiting, true],
    [', interval: "{{args.interval}}"', background('5m'), undefined],
    [', interval: 1m', background('"{{inputs.pause}}"'), undefined],
  ])('knows whether it fits: %s in %s', (more, strategy, fits) => {
    const template = analysis(metric('a', 'result[0] > 0', more));
    expect(metricsOf(template, strategy)[0].fits).toBe(fits);
  });

  it('does not judge queries of other providers', () => {
    const [found] = metricsOf(
      analysis('{ name: m, provider: { datadog: { query: "avg:a{*}" } } }'),
    );
    expect(found).toMatchObject({ provider: 'datadog', query: 'avg:a{*}' });
    expect(found.parses).toBeUndefined();
  });

  it('takes a test that names the template or its file', () => {
    const tested = (text: string) =>
      describeTexts({
        'k8s/analysis.yaml': analysis(TRAFFIC),
        'test/a.test.ts': text,
      }).analysisTemplates?.map(t => t.tested);
    expect(tested("test('x', () => read('k8s/analysis.yaml'))")).toEqual([
      true,
    ]);
    expect(tested("test('x', () => {})")).toEqual([false]);
  });
});
