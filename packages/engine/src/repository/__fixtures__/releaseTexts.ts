const CHECKOUT =
  'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1';
const DIGEST = `sha256:${'a'.repeat(64)}`;

const CONTRACT = `name: contract
on:
  pull_request:
permissions: {}
concurrency: contract-\${{ github.ref }}
jobs:
  contract:
    name: contract / verify
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      contents: read
    steps:
      - uses: ${CHECKOUT}
        with:
          persist-credentials: false
      - run: spectral lint openapi.yaml
      - run: schemathesis run openapi.yaml --url http://localhost:8080
      - run: promtool test rules slo/rules.test.yml
`;

const REVERT = `name: revert
on:
  repository_dispatch:
    types: [rollout-aborted]
permissions: {}
jobs:
  revert:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions:
      contents: write
      pull-requests: write
    steps:
      - uses: ${CHECKOUT}
        with:
          persist-credentials: false
      - env:
          SHA: \${{ github.event.client_payload.sha }}
        run: |
          git revert --no-edit "$SHA"
          gh pr create --fill
`;

const ROLLOUT = `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata:
  name: service
  labels: { app.kubernetes.io/name: service }
spec:
  replicas: 3
  selector:
    matchLabels: { app.kubernetes.io/name: service }
  strategy:
    canary:
      analysis:
        templates:
          - templateName: service-health
        startingStep: 1
      steps:
        - setWeight: 5
        - pause: { duration: 5m }
        - setWeight: 50
        - pause: { duration: 10m }
  template:
    metadata:
      labels:
        app.kubernetes.io/name: service
        cost-center: "1234"
        team: team-a
    spec:
      serviceAccountName: service
      automountServiceAccountToken: false
      terminationGracePeriodSeconds: 30
      securityContext:
        runAsNonRoot: true
        seccompProfile: { type: RuntimeDefault }
      containers:
        - name: service
          image: registry.example.org/service@${DIGEST}
          ports:
            - containerPort: 8080
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: { drop: [ALL] }
          resources:
            requests: { cpu: 100m, memory: 128Mi }
            limits: { memory: 256Mi }
          livenessProbe:
            httpGet: { path: /livez, port: 8080 }
          readinessProbe:
            httpGet: { path: /readyz, port: 8080 }
`;

const ANALYSIS = `apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata:
  name: service-health
spec:
  args:
    - name: service
      value: service
  metrics:
    - name: traffic
      interval: 1m
      count: 10
      failureLimit: 3
      successCondition: len(result) > 0 && result[0] > 0
      provider:
        prometheus:
          address: http://prometheus.monitoring:9090
          query: sum(rate(http_requests_total{service="{{args.service}}"}[2m]))
    - name: errors
      interval: 1m
      count: 10
      failureLimit: 2
      successCondition: result[0] < 0.01
      provider:
        prometheus:
          address: http://prometheus.monitoring:9090
          query: |
            sum(rate(http_requests_total{service="{{args.service}}", code=~"5.."}[2m]))
            /
            sum(rate(http_requests_total{service="{{args.service}}"}[2m]))
`;

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: service
spec:
  selector: { app.kubernetes.io/name: service }
  ports:
    - port: 80
      targetPort: 8080
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: service
automountServiceAccountToken: false
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: service
spec:
  podSelector:
    matchLabels: { app.kubernetes.io/name: service }
  policyTypes: [Ingress]
  ingress:
    - ports:
        - port: 8080
`;

const SLO = `version: prometheus/v1
service: service
slos:
  - name: requests-availability
    objective: 99.9
    sli:
      events:
        error_query: sum(rate(http_requests_total{service="service", code=~"5.."}[{{.window}}]))
        total_query: sum(rate(http_requests_total{service="service"}[{{.window}}]))
    alerting: {}
  - name: requests-latency
    objective: 99
    sli:
      events:
        error_query: |
          sum(rate(http_request_duration_seconds_count{service="service"}[{{.window}}]))
          -
          sum(rate(http_request_duration_seconds_bucket{service="service", le="0.3"}[{{.window}}]))
        total_query: sum(rate(http_request_duration_seconds_count{service="service"}[{{.window}}]))
    alerting: {}
`;

const RULES = `groups:
  - name: service
    rules:
      - record: service:errors:ratio_rate5m
        expr: |
          sum(rate(http_requests_total{service="service", code=~"5.."}[5m]))
          /
          sum(rate(http_requests_total{service="service"}[5m]))
      - alert: ServiceBurnsBudget
        expr: service:errors:ratio_rate5m > 14.4 * 0.001
        labels: { severity: page }
`;

const RULES_TEST = `rule_files: [rules.yml]
evaluation_interval: 1m
tests:
  - interval: 1m
    input_series:
      - series: http_requests_total{service="service", code="500"}
        values: 0+10x20
      - series: http_requests_total{service="service", code="200"}
        values: 0+90x20
    promql_expr_test:
      - expr: sum(rate(http_requests_total{service="service"}[2m])) > bool 0
        eval_time: 10m
        exp_samples:
          - labels: '{}'
            value: 1
    alert_rule_test:
      - alertname: ServiceBurnsBudget
        eval_time: 10m
        exp_alerts:
          - exp_labels: { severity: page }
`;

const OPENAPI = `openapi: 3.1.0
info:
  title: Service
  version: 1.0.0
paths:
  /v1/greetings/{name}:
    get:
      operationId: greet
      responses:
        '200':
          description: A greeting
`;

const TELEMETRY = `import { NodeSDK } from '@opentelemetry/sdk-node';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { ATTR_SERVICE_NAME } from '@opentelemetry/semantic-conventions';

new NodeSDK({
  resource: resourceFromAttributes({ [ATTR_SERVICE_NAME]: 'service' }),
}).start();
`;

const UPSTREAM = `import pRetry from 'p-retry';

export function read(url: string): Promise<Response> {
  return pRetry(() => fetch(url, { signal: AbortSignal.timeout(2_000) }), {
    retries: 3,
    randomize: true,
  });
}
`;

const MAIN = `process.once('SIGTERM', () => server.close());
const isGreeting = await client.getBooleanValue('new-greeting', false);
const isOn = await client.getBooleanValue('greetings-enabled', true);
`;

/** Texts of a good repository that are about releasing, running and watching the service. */
export function releaseTexts(): Record<string, string> {
  return {
    '.github/workflows/contract.yml': CONTRACT,
    '.github/workflows/revert.yml': REVERT,
    'deploy/base/analysis-template.yaml': ANALYSIS,
    'deploy/base/kustomization.yaml':
      'resources: [rollout.yaml, service.yaml, analysis-template.yaml]\n',
    'deploy/base/rollout.yaml': ROLLOUT,
    'deploy/base/service.yaml': SERVICE,
    'deploy/overlays/production/kustomization.yaml': `resources: [../../base]
labels:
  - pairs: { environment: production }
    includeTemplates: true
`,
    'docs/on-call.md': '# On call\n\nTeam A, then its lead after 15 minutes.\n',
    'openapi.yaml': OPENAPI,
    'slo/rules.test.yml': RULES_TEST,
    'slo/rules.yml': RULES,
    'slo/slo.yaml': SLO,
    'src/main.ts': MAIN,
    'src/telemetry.ts': TELEMETRY,
    'src/upstream.ts': UPSTREAM,
  };
}
