import { GOOD_CATALOG, GOOD_COST, GOOD_SLO } from './goodFacts';
import { edited, type Fault } from './plantedFaults';

const CONTRACT = '.github/workflows/contract.yml';
const RELEASE = '.github/workflows/release.yml';
const ROLLOUT = 'deploy/base/rollout.yaml';
const SERVICE = 'deploy/base/service.yaml';
const ANALYSIS = 'deploy/base/analysis-template.yaml';
const OVERLAY = 'deploy/overlays/production/kustomization.yaml';
const SLO = 'slo/slo.yaml';

/** Facts are JSON, in which a field is absent and never undefined. */
const json = (data: object): object => JSON.parse(JSON.stringify(data));

const [availability, latency] = GOOD_SLO.objectives;

/** Faults of rollouts, objectives, manifests, telemetry and costs. */
export const RELEASE_FAULTS: Fault[] = [
  [
    'the contract of the API is not linted',
    () => edited(CONTRACT, ['      - run: spectral lint openapi.yaml\n', '']),
    { 'TST-04': 'fail' },
  ],
  [
    'the service is not compared with its contract',
    () => edited(CONTRACT, ['schemathesis run', 'schemathesis --version #']),
    { 'TST-04': 'fail' },
  ],
  [
    'a contract test that fails stops nothing',
    () => edited(CONTRACT, ['localhost:8080', 'localhost:8080 || true']),
    { 'TST-04': 'fail' },
  ],
  [
    'there is no API',
    () => ({ 'openapi.yaml': undefined }),
    { 'TST-04': 'not-applicable' },
  ],
  [
    'the queries of the analysis are not evaluated by a test',
    () =>
      edited('slo/rules.test.yml', [
        'sum(rate(http_requests_total{service="service"}[2m]))',
        'sum(rate(other_total[2m]))',
      ]),
    { 'TST-06': 'fail' },
  ],
  [
    'a container may run as root',
    () => edited(ROLLOUT, ['runAsNonRoot: true', 'runAsNonRoot: false']),
    { 'SEC-24': 'fail' },
  ],
  [
    'a process may gain rights',
    () => edited(ROLLOUT, ['allowPrivilegeEscalation: false', 'runAsGroup: 1']),
    { 'SEC-24': 'fail' },
  ],
  [
    'a container keeps its capabilities',
    () => edited(ROLLOUT, ['drop: [ALL]', 'drop: [NET_RAW]']),
    { 'SEC-24': 'fail' },
  ],
  [
    'pods get the token of their account',
    () =>
      edited(ROLLOUT, [
        'automountServiceAccountToken: false',
        'automountServiceAccountToken: true',
      ]),
    { 'SEC-24': 'fail' },
  ],
  [
    'pods use folders of their node',
    () =>
      edited(ROLLOUT, [
        '      containers:\n',
        '      volumes: [{ name: logs, hostPath: { path: /var/log } }]\n      containers:\n',
      ]),
    { 'SEC-24': 'fail' },
  ],
  [
    'the network policy selects other pods',
    () =>
      edited(SERVICE, [
        '    matchLabels: { app.kubernetes.io/name: service }',
        '    matchLabels: { app.kubernetes.io/name: other }',
      ]),
    { 'SEC-24': 'fail' },
  ],
  [
    'nothing is known of a chart',
    () => ({
      'chart/Chart.yaml': 'name: service\n',
      'chart/templates/deployment.yaml': '{{- if .Values.on }}\n',
    }),
    {
      'SEC-24': 'unknown',
      'OBS-06': 'unknown',
      'CST-01': 'unknown',
      'CST-02': 'unknown',
    },
  ],
  [
    'a chart may hold the analysis of releases',
    () => ({
      'chart/Chart.yaml': 'name: service\n',
      'chart/templates/rollout.yaml': 'kind: {{ .Values.kind }}\n',
    }),
    {
      'SEC-24': 'unknown',
      'OBS-06': 'unknown',
      'CST-01': 'unknown',
      'CST-02': 'unknown',
      'REL-03': 'unknown',
      'TST-06': 'unknown',
    },
  ],
  [
    'everybody gets a release at once',
    () =>
      edited(
        ROLLOUT,
        ['setWeight: 5\n', 'setWeight: 100\n'],
        ['setWeight: 50\n', 'setWeight: 100\n'],
      ),
    { 'REL-01': 'fail' },
  ],
  [
    'no analysis decides on a release',
    () => edited(ROLLOUT, [/ {6}analysis:\n.*\n.*\n.*\n/, '']),
    { 'REL-01': 'fail', 'REL-02': 'fail' },
  ],
  [
    'an aborted release stays in git',
    () => ({ '.github/workflows/revert.yml': undefined }),
    { 'REL-02': 'fail' },
  ],
  [
    'a query of the analysis does not parse',
    () =>
      edited(ANALYSIS, ['"}[2m]))\n            /', '"}[2m])\n            /']),
    { 'REL-03': 'fail' },
  ],
  [
    'the analysis passes without traffic',
    () =>
      edited(ANALYSIS, [
        'len(result) > 0 && result[0] > 0',
        'len(result) == 0 || result[0] >= 0',
      ]),
    { 'REL-03': 'fail' },
  ],
  [
    'no metric of the analysis asks for traffic',
    () =>
      edited(ANALYSIS, [
        / {4}- name: traffic\n[\s\S]*?(?= {4}- name: errors)/,
        '',
      ]),
    { 'REL-03': 'fail' },
  ],
  [
    'the analysis allows as many failures as it measures',
    () => edited(ANALYSIS, ['failureLimit: 2', 'failureLimit: 10']),
    { 'REL-03': 'fail' },
  ],
  [
    'the analysis measures later than its step ends',
    () => edited(ROLLOUT, ['duration: 5m', 'duration: 30s']),
    { 'REL-03': 'fail' },
  ],
  [
    'the analysis takes longer than the rollout',
    () => edited(ANALYSIS, [/count: 10/, 'count: 60']),
    { 'REL-03': 'fail' },
  ],
  [
    'an analysis that a step waits for never ends',
    () => ({
      ...edited(ROLLOUT, [
        '        - setWeight: 50\n',
        '        - analysis: { templates: [{ templateName: service-health }] }\n        - setWeight: 50\n',
      ]),
      ...edited(ANALYSIS, [/ {6}count: 10\n/, '']),
    }),
    { 'REL-03': 'fail' },
  ],
  [
    'the analysis template is not in the repository',
    () => ({
      [ANALYSIS]: undefined,
    }),
    { 'REL-03': 'unknown', 'TST-06': 'unknown' },
  ],
  [
    'the code asks for a flag nobody declared',
    () =>
      edited('src/main.ts', [
        'const isOn',
        "await client.getStringValue('colour', 'red');\nconst isOn",
      ]),
    { 'REL-05': 'fail' },
  ],
  [
    'nothing asks for a flag that is declared',
    () => edited('src/main.ts', [/^const isGreeting.*\n/m, '']),
    { 'REL-05': 'fail' },
  ],
  [
    'a flag is asked for by a key that cannot be told',
    () =>
      edited('src/main.ts', ["Value('new-greeting'", 'Value(keyOf(request)']),
    { 'REL-05': 'unknown' },
  ],
  [
    'a service of tier 1 has no kill switch',
    () => edited('flags/flags.json', ['"type": "ops"', '"type": "permission"']),
    { 'REL-07': 'fail' },
  ],
  [
    'a service of tier 2 has no kill switch',
    () => ({
      ...edited('flags/flags.json', ['"type": "ops"', '"type": "permission"']),
      ...edited('golden-path.yaml', ['tier: 1', 'tier: 2']),
    }),
    { 'REL-07': 'not-applicable' },
  ],
  [
    'there are no objectives',
    () => ({ [SLO]: undefined }),
    { 'OBS-01': 'fail', 'OBS-02': 'not-applicable' },
  ],
  [
    'there is no objective for latency',
    () =>
      edited(
        SLO,
        ['requests-latency', 'requests-freshness'],
        [/duration_seconds_(count|bucket)/g, 'seen'],
      ),
    { 'OBS-01': 'fail' },
  ],
  [
    'nobody owns the objectives',
    () => edited(SLO, ['service: service\n', 'service: another\n']),
    { 'OBS-01': 'fail' },
  ],
  [
    'the objectives cannot be read',
    () => ({ [SLO]: 'slos: [' }),
    { 'OBS-01': 'unknown' },
  ],
  [
    'the tests of the rules are not run',
    () => edited(CONTRACT, ['promtool test rules', 'promtool check rules']),
    { 'OBS-02': 'fail' },
  ],
  [
    'the tests of the rules are of rules that are not there',
    () => ({ 'slo/rules.yml': undefined }),
    { 'OBS-02': 'fail' },
  ],
  [
    'no deployment asks for the error budget',
    () => edited(RELEASE, [/ {6}- run: golden-path gate .*\n/, '']),
    { 'OBS-03': 'fail' },
  ],
  [
    'a deployment goes on without error budget',
    () => edited(RELEASE, [/(golden-path gate .*)\n/, '$1 || true\n']),
    { 'OBS-03': 'fail' },
  ],
  [
    'the error budget is asked for after the deployment',
    () =>
      edited(
        RELEASE,
        [/ {6}- run: golden-path gate .*\n/, ''],
        [
          '      - run: curl --fail',
          '      - run: golden-path gate --entity a\n      - run: curl --fail',
        ],
      ),
    { 'OBS-03': 'fail' },
  ],
  [
    'an error budget is used up',
    () => ({}),
    { 'OBS-04': 'fail' },
    {
      slo: {
        objectives: [availability, { ...latency, errorBudgetRemaining: 0 }],
      },
    },
  ],
  [
    'no objective is measured',
    () => ({}),
    { 'OBS-04': 'fail' },
    { slo: { objectives: [] } },
  ],
  [
    'an objective has no measurement',
    () => ({}),
    { 'OBS-04': 'unknown' },
    {
      slo: json({
        objectives: [
          { ...availability, errorBudgetRemaining: undefined },
          latency,
        ],
      }),
    },
  ],
  [
    'nothing tells of error budgets',
    () => ({}),
    { 'OBS-04': 'unknown' },
    { slo: undefined },
  ],
  [
    'telemetry is not started',
    () => edited('src/telemetry.ts', ['new NodeSDK(', 'configure(']),
    { 'OBS-05': 'fail' },
  ],
  [
    'telemetry has no name',
    () => edited('src/telemetry.ts', [/ATTR_SERVICE_NAME/g, 'ATTR_HOST_NAME']),
    { 'OBS-05': 'fail' },
  ],
  [
    'a workload has no readiness probe',
    () => edited(ROLLOUT, ['readinessProbe:', 'startupProbe:']),
    { 'OBS-06': 'fail' },
  ],
  [
    'nothing handles SIGTERM',
    () => edited('src/main.ts', ["'SIGTERM'", "'SIGHUP'"]),
    { 'OBS-06': 'fail' },
  ],
  [
    'a call waits for ever',
    () =>
      edited('src/upstream.ts', [
        '{ signal: AbortSignal.timeout(2_000) }',
        "{ method: 'GET' }",
      ]),
    { 'OBS-07': 'fail' },
  ],
  [
    'retries all come at once',
    () => edited('src/upstream.ts', ['    randomize: true,\n', '']),
    { 'OBS-07': 'fail' },
  ],
  [
    'options of a call are made elsewhere',
    () =>
      edited('src/upstream.ts', [
        '{ signal: AbortSignal.timeout(2_000) }',
        'options',
      ]),
    { 'OBS-07': 'unknown' },
  ],
  [
    'pods carry no cost centre',
    () => edited(ROLLOUT, ['        cost-center: "1234"\n', '']),
    { 'CST-01': 'fail' },
  ],
  [
    'an overlay labels the workload and not its pods',
    () => edited(OVERLAY, ['    includeTemplates: true\n', '']),
    { 'CST-01': 'fail' },
  ],
  [
    'a container has no memory limit',
    () => edited(ROLLOUT, ['            limits: { memory: 256Mi }\n', '']),
    { 'CST-02': 'fail' },
  ],
  [
    'a patch may set what a container lacks',
    () => ({
      ...edited(ROLLOUT, ['            limits: { memory: 256Mi }\n', '']),
      ...edited(OVERLAY, [
        'labels:',
        'patches: [{ path: limits.yaml }]\nlabels:',
      ]),
      'deploy/overlays/production/limits.yaml':
        'apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: { name: service }\nspec: { template: { spec: {} } }\n',
    }),
    { 'CST-02': 'unknown' },
  ],
  [
    'the month cost more than was agreed',
    () => ({}),
    { 'CST-03': 'fail' },
    { cost: { ...GOOD_COST, amountUsd: 401 } },
  ],
  [
    'no budget was agreed',
    () => ({}),
    { 'CST-03': 'unknown' },
    { cost: json({ ...GOOD_COST, budgetUsd: undefined }) },
  ],
  [
    'nothing tells of costs',
    () => ({}),
    { 'CST-03': 'unknown' },
    { cost: undefined },
  ],
  [
    'no page says who is on call',
    () => ({ 'docs/on-call.md': '# Who to ask\n' }),
    { 'OWN-05': 'fail' },
  ],
  [
    'the catalog names no on-call service',
    () => ({}),
    { 'OWN-05': 'fail' },
    {
      catalog: json({
        ...GOOD_CATALOG,
        annotations: {
          ...GOOD_CATALOG.annotations,
          'pagerduty.com/service-id': undefined,
        },
      }),
    },
  ],
];
