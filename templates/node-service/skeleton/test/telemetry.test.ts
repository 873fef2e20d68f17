import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { freePort, serve } from './testProcess.ts';

interface Attribute {
  key: string;
  value: Record<string, unknown>;
}

interface Span {
  name: string;
  traceId: string;
  attributes: Attribute[];
  events: { name: string; attributes: Attribute[] }[];
}

interface TraceRequest {
  resourceSpans: {
    resource: { attributes: Attribute[] };
    scopeSpans: { spans: Span[] }[];
  }[];
}

function valuesOf(attributes: Attribute[]): Record<string, unknown> {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [key, Object.values(value)[0]]),
  );
}

/** Takes traces as an OpenTelemetry collector would. */
async function collector() {
  const received: TraceRequest[] = [];
  const server = createServer((request, response) => {
    void json(request).then(body => {
      received.push(body as TraceRequest);
      response.setHeader('content-type', 'application/json').end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { received, server, endpoint: `http://127.0.0.1:${port}` };
}

describe('telemetry', () => {
  it('offers the duration of requests by route, method and status to Prometheus', async () => {
    const port = await freePort();
    let metrics = '';
    await serve(
      {
        OTEL_METRICS_EXPORTER: 'prometheus',
        OTEL_EXPORTER_PROMETHEUS_HOST: '127.0.0.1',
        OTEL_EXPORTER_PROMETHEUS_PORT: String(port),
        OTEL_SERVICE_NAME: 'orders',
        OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=staging',
      },
      async base => {
        await fetch(`${base}/readyz`);
        await fetch(`${base}/v1/greetings/Ada`);
        await fetch(`${base}/v1/greetings/Grace`);
        await fetch(`${base}/v1/greetings/${'a'.repeat(65)}`);
        const scraped = await fetch(`http://127.0.0.1:${port}/metrics`);
        metrics = await scraped.text();
      },
    );

    const samples = metrics
      .split('\n')
      .filter(line => line.startsWith('http_server_request_duration_seconds_'));
    const counts = samples.filter(line => line.includes('seconds_count{'));
    const greeted = counts.find(line =>
      line.includes('http_response_status_code="200"'),
    );
    assert.match(greeted ?? '', /http_route="\/v1\/greetings\/:name"/);
    assert.match(greeted ?? '', /http_request_method="GET"/);
    assert.match(greeted ?? '', /\} 2$/);
    const refused = counts.find(line =>
      line.includes('http_response_status_code="400"'),
    );
    assert.match(refused ?? '', /\} 1$/);
    assert.ok(samples.some(line => /_bucket\{.*le="0\.25"/.test(line)));
    assert.equal(counts.length, 2, 'probes are not counted');
    assert.doesNotMatch(metrics, /Ada/);
    assert.match(metrics, /^target_info\{.*service_name="orders"/m);
    assert.match(metrics, /deployment_environment_name="staging"/);
  });

  it('sends a span per request, named by its route, with the flags it evaluated', async () => {
    const { received, server, endpoint } = await collector();
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const { lines } = await serve(
      {
        OTEL_TRACES_EXPORTER: 'otlp',
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
        OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      },
      async base => {
        await fetch(`${base}/v1/greetings/Ada`, {
          headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` },
        });
      },
    );
    server.close();

    const [resource] = received.flatMap(body => body.resourceSpans);
    const spans = resource?.scopeSpans.flatMap(scope => scope.spans) ?? [];
    const span = spans.find(one => one.traceId === traceId);
    assert.equal(span?.name, 'GET /v1/greetings/:name');
    assert.equal(
      valuesOf(span.attributes)['http.route'],
      '/v1/greetings/:name',
    );
    const events = span.events.map(event => valuesOf(event.attributes));
    assert.deepEqual(
      span.events.map(event => event.name),
      ['feature_flag.evaluation', 'feature_flag.evaluation'],
    );
    assert.deepEqual(
      events.map(event => [
        event['feature_flag.key'],
        event['feature_flag.result.variant'],
      ]),
      [
        ['greetings-enabled', 'on'],
        ['time-of-day-greeting', 'off'],
      ],
    );
    assert.ok(events.every(event => !('feature_flag.context.id' in event)));
    assert.match(
      String(valuesOf(resource?.resource.attributes ?? [])['service.version']),
      /^\d+\.\d+\.\d+/,
    );
    assert.ok(
      lines.some(line => line['trace_id'] === traceId),
      'log lines name their trace',
    );
  });
});
