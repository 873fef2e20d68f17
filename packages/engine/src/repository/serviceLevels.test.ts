import { describeTexts } from './__fixtures__/describeTexts';

const OPENSLO = `apiVersion: openslo/v1
kind: SLO
metadata: { name: pages, displayName: Page availability }
spec:
  service: shop
  indicator:
    metadata: { name: responses }
    spec:
      ratioMetric:
        good: { metricSource: { type: Prometheus, spec: { query: sum(good) } } }
        total: { metricSource: { type: Prometheus, spec: { query: sum(all } } }
  objectives:
    - target: 0.995
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: search, labels: { team: search } }
spec:
  service: shop
  indicatorRef: search-latency
  objectives:
    - targetPercent: 99
---
apiVersion: openslo/v1
kind: SLI
metadata: { name: search-latency }
spec: { thresholdMetric: { metricSource: { type: Any, spec: { query: Any } } } }
`;
const CRD = `apiVersion: sloth.slok.dev/v1
kind: PrometheusServiceLevel
metadata: { name: shop, labels: { owner: team-a } }
spec:
  service: shop
  slos:
    - name: orders
      objective: 99.5
      sli: { raw: { errorRatioQuery: 'rate(http_seconds_bucket{le="1"}[{{.window}}])' } }
`;

describe('describeServiceLevels', () => {
  it('reads OpenSLO, with indicators of their own and by reference', () => {
    const { slos } = describeTexts({ 'openslo/shop.yaml': OPENSLO });
    expect(slos).toEqual([
      {
        file: 'openslo/shop.yaml',
        line: 1,
        format: 'openslo',
        name: 'pages',
        service: 'shop',
        objective: 0.995,
        kind: 'availability',
        hasOwner: false,
        parses: false,
      },
      {
        file: 'openslo/shop.yaml',
        line: 15,
        format: 'openslo',
        name: 'search',
        service: 'shop',
        objective: 0.99,
        kind: 'latency',
        hasOwner: true,
      },
    ]);
  });

  it('takes the owner of the component', () => {
    const { slos } = describeTexts({
      'openslo/shop.yaml': OPENSLO,
      'catalog-info.yaml':
        'kind: Component\nmetadata: { name: shop }\nspec: { owner: team-a }\n',
    });
    expect(slos?.map(slo => slo.hasOwner)).toEqual([true, true]);
  });

  it("reads Sloth's custom resource", () => {
    const { slos } = describeTexts({ 'k8s/slo.yaml': CRD });
    expect(slos).toEqual([
      {
        file: 'k8s/slo.yaml',
        line: 7,
        format: 'sloth',
        name: 'orders',
        service: 'shop',
        objective: 0.995,
        kind: 'latency',
        hasOwner: true,
        parses: true,
      },
    ]);
  });

  it('reads rules, plain and as a resource', () => {
    const groups = (indent: string) =>
      `${indent}groups:\n${indent}  - rules:\n${indent}      - { alert: Burns, expr: a > 1 }\n${indent}      - { record: b, expr: sum( }\n`;
    const { prometheusRules } = describeTexts({
      'alerts/a.yml': groups(''),
      'k8s/rules.yaml': `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec:\n${groups(
        '  ',
      )}`,
    });
    const both = [
      { kind: 'alert', name: 'Burns', parses: true },
      { kind: 'record', name: 'b', parses: false },
    ];
    expect(prometheusRules).toMatchObject([...both, ...both]);
  });

  it('reads unit tests of rules', () => {
    const test = (files: Record<string, string>) =>
      describeTexts({
        'slo/a.test.yml':
          'rule_files: [gen/*.yml]\ntests:\n  - alert_rule_test: [{ alertname: Burns, eval_time: 1m }]\n    promql_expr_test: [{ expr: sum(b) }]\n',
        ...files,
      }).ruleTests?.[0];
    expect(test({ 'slo/gen/a.yml': 'groups: []\n' })).toMatchObject({
      hasCases: true,
      rulesExist: true,
      evaluates: ['Burns', 'b'],
    });
    expect(test({})?.rulesExist).toBe(false);
    const made = test({
      '.github/workflows/a.yml':
        'on: pull_request\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: sloth generate -i slo/slo.yaml -o slo/gen/a.yml\n',
    });
    expect(made?.rulesExist).toBeUndefined();
    expect(
      describeTexts({ 'slo/b.yml': 'rule_files: [a.yml]\ntests: [{}]\n' })
        .ruleTests,
    ).toMatchObject([{ hasCases: false }]);
  });

  it('says nothing of a file that cannot be read', () => {
    const facts = describeTexts({ 'slo/slo.yaml': 'slos: [' });
    const unread = [{ file: 'slo/slo.yaml', line: 1, unreadable: true }];
    expect(facts.slos).toEqual(unread);
    expect(facts.ruleTests).toEqual(unread);
    expect(facts.workloads).toEqual([]);
  });
});
