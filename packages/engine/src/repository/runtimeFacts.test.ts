import { describeTexts, workflowOf } from './__fixtures__/describeTexts';

const clients = (file: string, text: string) =>
  describeTexts({ [file]: text }).resilience?.clients.map(c => c.hasTimeout);
const retries = (file: string, text: string) =>
  describeTexts({ [file]: text }).resilience?.retries.map(r => [
    r.bounded,
    r.jitter,
  ]);

describe('HTTP clients', () => {
  it.each([
    ['src/a.ts', 'await fetch(url)', false],
    ['src/a.ts', "await fetch(url, { method: 'GET' })", false],
    ['src/a.ts', 'await fetch(url, { signal })', true],
    ['src/a.ts', 'await fetch(url, options)', undefined],
    ['src/a.ts', 'await fetch(url, { ...options })', undefined],
    ['src/a.ts', 'await fetch(request)', undefined],
    ['src/a.ts', 'axios.get(url)', false],
    ['src/a.ts', 'axios.get(url, { timeout: 1000 })', true],
    ['src/a.ts', 'axios.create({ baseURL, timeout: 1000 })', true],
    ['src/a.ts', 'axios.defaults.timeout = 5; axios.post(url, body)', true],
    ['src/a.ts', "import got from 'got';\ngot(url)", false],
    ['src/a.ts', "import got from 'got';\ngot('http://a', { retry })", false],
    ['src/a.ts', 'http.request({ host, timeout: 5 }, done)', true],
    ['app/a.py', 'requests.get(url)', false],
    ['app/a.py', 'requests.get(url, timeout=2)', true],
    ['app/a.py', 'requests.get(url, timeout=None)', false],
    ['app/a.py', 'requests.get(url, **options)', undefined],
    ['app/a.py', 'httpx.Client()', true],
    ['app/a.py', 'httpx.get(url, timeout=None)', false],
    ['a.go', 'http.Get(url)', false],
    ['a.go', 'c := &http.Client{Timeout: time.Second}', true],
    ['a.go', 'c := &http.Client{Transport: t}', false],
    [
      'a.go',
      'http.NewRequestWithContext(ctx, m, u, nil)\nc := &http.Client{}',
      undefined,
    ],
    ['src/main/java/A.java', 'HttpClient.newHttpClient()', false],
  ])('%s: %s', (file, text, hasTimeout) => {
    expect(clients(file, text)).toEqual([hasTimeout]);
  });

  it('are no functions of the same name, comments or tests', () => {
    const text =
      '// fetch(url)\nasync function fetch(url) {}\ncache.fetch(key)';
    expect(clients('src/a.ts', text)).toEqual([]);
    expect(clients('src/a.test.ts', 'fetch(url)')).toEqual([]);
    expect(clients('docs/playground/a.js', 'fetch(url)')).toEqual([]);
    expect(clients('web/a.min.js', 'fetch(url)')).toEqual([]);
  });

  it('that no call shows say nothing', () => {
    const manifest = { dependencies: { axios: '1.0.0', fastify: '5.0.0' } };
    const { resilience } = describeTexts({
      'package.json': JSON.stringify(manifest),
    });
    expect(resilience?.clients).toEqual([
      { file: 'package.json', line: 1, client: 'axios' },
    ]);
  });
});

describe('retries', () => {
  it.each([
    ['src/a.ts', "import p from 'p-retry';\npRetry(f)", true, false],
    [
      'src/a.ts',
      "import p from 'p-retry';\npRetry(f, { randomize: true, forever: true })",
      false,
      true,
    ],
    ['src/a.ts', "import retry from 'async-retry';\nretry(f)", true, true],
    [
      'src/a.ts',
      "import { retry } from 'cockatiel';\nretry(handleAll, { maxAttempts: 3, backoff: new ExponentialBackoff() })",
      true,
      true,
    ],
    ['app/a.py', 'import tenacity\n@retry()\ndef f(): pass', false, false],
    [
      'app/a.py',
      'from tenacity import retry\n@retry(stop=stop_after_attempt(3), wait=wait_random_exponential())\ndef f(): pass',
      true,
      true,
    ],
    [
      'app/a.py',
      'import backoff\n@backoff.on_exception(backoff.expo, E, max_tries=3)\ndef f(): pass',
      true,
      true,
    ],
  ])('%s: %s', (file, text, bounded, jitter) => {
    expect(retries(file, text)).toEqual([[bounded, jitter]]);
  });

  it('leaves open what options made elsewhere say', () => {
    const text = "import p from 'p-retry';\npRetry(f, { ...options })";
    expect(retries('src/a.ts', text)).toEqual([[undefined, undefined]]);
  });
});

describe('telemetry', () => {
  const told = (texts: Record<string, string>) => {
    const { telemetry } = describeTexts(texts);
    return [
      telemetry?.starts.map(s => s.by),
      telemetry?.resources.map(r => r.attribute),
    ];
  };

  it.each<[Record<string, string>, string[], string[]]>([
    [
      {
        'package.json':
          '{"scripts":{"start":"node --import @opentelemetry/auto-instrumentations-node/register a.js"}}',
      },
      ['preload'],
      [],
    ],
    [
      {
        Dockerfile:
          'FROM a\nENV OTEL_SERVICE_NAME=web\nCMD ["opentelemetry-instrument", "python"]\n',
      },
      ['preload'],
      ['service.name'],
    ],
    [
      {
        Dockerfile:
          'FROM a\nENV JAVA_TOOL_OPTIONS=-javaagent:/opt/opentelemetry-javaagent.jar\n',
      },
      ['agent'],
      [],
    ],
    [
      {
        'k8s/web.yaml':
          'metadata:\n  annotations:\n    instrumentation.opentelemetry.io/inject-python: "true"\n',
      },
      ['operator'],
      ['service.name'],
    ],
    [
      {
        'main.go':
          'import "go.opentelemetry.io/otel"\nfunc main() { otel.SetTracerProvider(p); semconv.ServiceName("a") }',
      },
      ['sdk'],
      [],
    ],
    [
      {
        'service/telemetry.py':
          'from opentelemetry.distro import OpenTelemetryConfigurator\nos.environ.setdefault("OTEL_SERVICE_NAME", name)\nOpenTelemetryConfigurator().configure()\n',
      },
      ['sdk'],
      ['service.name'],
    ],
    [{ Dockerfile: 'FROM a\n# OTEL_SERVICE_NAME=web\n' }, [], []],
    [{ 'src/a.ts': 'new NodeSDK()' }, [], []],
  ])('of %j', (texts, starts, resources) => {
    const [by, names] = told(texts);
    expect(by).toEqual(starts);
    expect(names).toEqual('main.go' in texts ? ['service.name'] : resources);
  });
});

const springBoot = (version: string) =>
  `<project><parent><artifactId>spring-boot-starter-parent</artifactId>\n<version>${version}</version></parent></project>`;

describe('lifecycle', () => {
  it.each([
    ['src/a.ts', "process.on('SIGTERM', stop)", 1],
    ['src/a.ts', "for (const s of ['SIGTERM']) process.once(s, stop)", 1],
    ['src/a.ts', "log('SIGTERM')", 0],
    ['app/a.py', 'signal.signal(signal.SIGTERM, stop)', 1],
    ['a.go', 'signal.Notify(c, syscall.SIGTERM)', 1],
    ['src/main/java/A.java', 'Runtime.getRuntime().addShutdownHook(t)', 1],
    ['build.gradle', "id 'org.springframework.boot' version '3.4.0'", 1],
    ['build.gradle', "id 'org.springframework.boot' version '3.3.9'", 0],
    ['pom.xml', springBoot('4.0.1'), 1],
    ['pom.xml', springBoot('2.7.18'), 0],
    ['test/pom.xml', springBoot('4.0.1'), 0],
  ])('of %s: %s', (file, text, count) => {
    const { lifecycle } = describeTexts({ [file]: text });
    expect(lifecycle?.shutdownHandlers).toHaveLength(count);
  });

  it('believes a Spring Boot that is told to end at once', () => {
    const { lifecycle } = describeTexts({
      'pom.xml': springBoot('4.0.1'),
      'src/main/resources/application.yml': 'server:\n  shutdown: immediate\n',
    });
    expect(lifecycle?.shutdownHandlers).toEqual([]);
  });

  it('finds routes for probes', () => {
    const { lifecycle } = describeTexts({
      'src/a.ts':
        "app.get('/livez', f);\napp.get('/health/ready', f);\napp.get('/orders', f)",
    });
    expect(lifecycle?.healthEndpoints.map(e => e.path)).toEqual([
      '/livez',
      '/health/ready',
    ]);
  });
});

describe('APIs, commands and pages', () => {
  it('finds OpenAPI documents by what they say', () => {
    const { apis } = describeTexts({
      'openapi.yaml':
        'openapi: 3.1.0\ninfo: { title: Web }\npaths: { /a: { get: {}, post: {}, summary: x } }\n',
      'api/openapi.json': '{',
      'api/values.yaml': 'a: 1\n',
      'test/openapi.yaml': 'openapi: 3.0.0\n',
    });
    expect(apis).toEqual([
      { file: 'api/openapi.json', line: 1, unreadable: true },
      {
        file: 'openapi.yaml',
        line: 1,
        tested: false,
        version: '3.1.0',
        title: 'Web',
        operations: 2,
      },
    ]);
  });

  it.each([
    ['run: npx @redocly/cli lint openapi.yaml', 'api-lint'],
    ['run: npx @stoplight/spectral-cli lint openapi.yaml', 'api-lint'],
    ['uses: stoplightio/spectral-action@v1', 'api-lint'],
    [
      'run: go tool github.com/getkin/kin-openapi/cmd/validate -- openapi.yaml',
      'api-lint',
    ],
    ['run: uvx schemathesis run openapi.yaml', 'api-test'],
    ['run: dredd openapi.yaml http://localhost', 'api-test'],
    ['run: promtool test rules slo/a.yml', 'rules-test'],
    ['run: golden-path gate --entity a', 'budget-gate'],
    ['run: git revert HEAD', 'revert'],
  ])('knows what %s is for', (step, kind) => {
    const { runs } = describeTexts({
      '.github/workflows/a.yml': workflowOf(step),
    });
    expect(runs?.flatMap(run => run.does ?? [])).toContain(kind);
  });

  it('finds who comes next, where it says so', () => {
    const found = (text: string) =>
      describeTexts({ 'docs/runbook.md': text }).docs?.escalation.map(
        e => e.hasContent,
      );
    expect(found('# Runbook\n\n## On call\n\nTeam A.\n')).toEqual([true]);
    expect(found('# Runbook\n\n## Escalation\n\n## Other\n\nText\n')).toEqual([
      false,
    ]);
    expect(found('# Runbook\n\nText\n')).toEqual([]);
  });
});
