import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { builtPage } from './builtPage.ts';

function run(env: Record<string, string>) {
  return spawn(process.execPath, ['server/main.ts'], {
    env: {
      PORT: '0',
      SHUTDOWN_DRAIN_MS: '50',
      WEB_FOLDER: builtPage(),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs the server until it listens, then `use`, then SIGTERM; gives the exit and what was logged. */
async function serve(
  env: Record<string, string>,
  use: (base: string) => Promise<void>,
) {
  const server = run(env);
  const exited = once(server, 'exit');
  const messages: string[] = [];
  for await (const line of createInterface({ input: server.stdout })) {
    const { msg } = JSON.parse(line) as { msg: string };
    messages.push(msg);
    const base = /listening at (http:\S+)/.exec(msg)?.[1];
    if (base !== undefined) {
      try {
        await use(base);
      } finally {
        server.kill('SIGTERM');
      }
    }
  }
  return { exit: await exited, messages };
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return String(port);
}

async function flagsOf(base: string): Promise<unknown> {
  const response = await fetch(`${base}/ofrep/v1/evaluate/flags`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  return response.json();
}

describe('the server as a process', () => {
  it('serves the page and its flags, and on SIGTERM ends with 0', async () => {
    const { exit, messages } = await serve({}, async base => {
      expect((await fetch(`${base}/readyz`)).status).toBe(200);
      expect(await (await fetch(base)).text()).toContain('<!doctype html>');
      expect(await flagsOf(base)).toHaveProperty('flags.length', 2);
    });
    expect(exit).toEqual([0, null]);
    expect(messages).toContain('Shut down');
  });

  it('answers while flagd cannot be reached, and still ends with 0', async () => {
    const { exit, messages } = await serve(
      {
        FLAG_PROVIDER: 'flagd',
        FLAG_DEADLINE_MS: '100',
        FLAGD_HOST: '127.0.0.1',
        FLAGD_PORT: '1',
      },
      async base => {
        const ready = await fetch(`${base}/readyz`);
        expect(await ready.json()).toEqual({ status: 'ready', flags: 'ERROR' });
        expect((await fetch(base)).status).toBe(200);
      },
    );
    expect(exit).toEqual([0, null]);
    expect(messages).toContain('Flag provider is down: flag defaults hold');
  });

  it('exports its metrics by route when asked to, without the probes', async () => {
    const port = await freePort();
    let text = '';
    const { exit } = await serve(
      {
        OTEL_METRICS_EXPORTER: 'prometheus',
        OTEL_EXPORTER_PROMETHEUS_HOST: '127.0.0.1',
        OTEL_EXPORTER_PROMETHEUS_PORT: port,
        OTEL_SERVICE_NAME: 'pay',
      },
      async base => {
        await fetch(`${base}/readyz`);
        await fetch(base);
        await fetch(`${base}/some/view`, { headers: { accept: 'text/html' } });
        const metrics = await fetch(`http://127.0.0.1:${port}/metrics`);
        text = await metrics.text();
      },
    );
    const counts = text
      .split('\n')
      .filter(line => line.startsWith('http_server_request_duration_seconds_'));
    for (const route of ['/', '/*']) {
      const labels = [
        'http_request_method="GET"',
        'http_response_status_code="200"',
        `http_route="${route}"`,
      ];
      const found = counts.some(
        line => line.includes('_count{') && labels.every(l => line.includes(l)),
      );
      expect(found, `${route} in\n${text}`).toBe(true);
    }
    expect(counts.join('\n')).toContain('le="0.25"');
    expect(counts.join('\n')).not.toContain('readyz');
    expect(text).toContain('service_name="pay"');
    expect(exit).toEqual([0, null]);
  });

  it('does not start on a wrong configuration and says which variable it is', async () => {
    const server = run({ PORT: 'eighty' });
    const exited = once(server, 'exit');
    let stderr = '';
    for await (const chunk of server.stderr) {
      stderr += String(chunk);
    }
    expect(await exited).toEqual([1, null]);
    expect(stderr).toContain('PORT must be a whole number');
  });
});
