import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import { createServer, Server } from 'node:http';
import { AddressInfo, createServer as createSocket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { renderSkeleton } from '@goldenpath/engine';

const RULES = path.join(
  ...[__dirname, '../../../../templates/parts/services/slo/rules.yaml'],
);

/** Spans of the rules, by the shorter ones that a test can wait for. */
const SPANS = {
  ...{ '5m': '10s', '30m': '11s', '1h': '12s', '2h': '13s' },
  ...{ '6h': '14s', '1d': '15s', '3d': '16s', '4w': '60s' },
};

/** The rules that a service made from a template has, with short spans. */
export function renderedRules(values: { name: string; tier: string }): string {
  const [file] = renderSkeleton({
    files: [
      { path: 'rules.yaml', mode: '100644', content: fs.readFileSync(RULES) },
    ],
    values: {
      ...{ owner: 'group:default/team', forge: 'local', projectSlug: '' },
      ...values,
    },
  });
  return Buffer.from(file.content)
    .toString('utf8')
    .replace(
      /\[(5m|30m|1h|2h|6h|1d|3d|4w)\]/g,
      (_, span: keyof typeof SPANS) => `[${SPANS[span]}]`,
    );
}

/** A service that answers 100 requests a second, `failing` percent of them with 500. */
export async function startScrapedService(name: string, failing: number) {
  const started = Date.now();
  const server: Server = createServer((_request, response) => {
    const seconds = (Date.now() - started) / 1_000;
    const series = (code: string, perSecond: number) =>
      `http_server_request_duration_seconds_count{app_kubernetes_io_name="${name}",environment="production",http_route="/v1/pay",http_response_status_code="${code}"} ${
        perSecond * seconds
      }`;
    response.setHeader('content-type', 'text/plain; version=0.0.4');
    response.end(
      `${[series('200', 100 - failing), series('500', failing)].join('\n')}\n`,
    );
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => server.close(),
  };
}

async function freePort(): Promise<number> {
  const socket = createSocket();
  await new Promise<void>(resolve => socket.listen(0, '127.0.0.1', resolve));
  const { port } = socket.address() as AddressInfo;
  await new Promise(resolve => socket.close(resolve));
  return port;
}

/** A Prometheus that scrapes these addresses every second, with these rules, which promtool has checked. */
export async function startPrometheus(
  program: string,
  options: { rules: string[]; targets: string[] },
) {
  const folder = fs.mkdtempSync(
    path.join(os.tmpdir(), 'golden-path-prometheus-'),
  );
  const files = options.rules.map((rules, index) => {
    const file = path.join(folder, `rules${index}.yaml`);
    fs.writeFileSync(file, rules);
    return file;
  });
  fs.writeFileSync(
    path.join(folder, 'prometheus.yml'),
    JSON.stringify({
      global: { scrape_interval: '1s', evaluation_interval: '1s' },
      rule_files: files,
      scrape_configs: [
        {
          job_name: 'services',
          static_configs: [{ targets: options.targets }],
        },
      ],
    }),
  );
  execFileSync(path.join(path.dirname(program), 'promtool'), [
    ...['check', 'rules', ...files],
  ]);
  const port = await freePort();
  const child = spawn(
    program,
    [
      `--config.file=${path.join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${path.join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let log = '';
  child.stderr.on('data', chunk => {
    log = (log + chunk).slice(-10_000);
  });
  const exited = new Promise(resolve => child.once('exit', resolve));
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
    fs.rmSync(folder, { recursive: true, force: true });
  };
  for (let attempt = 0; attempt < 300 && child.exitCode === null; attempt++) {
    const answer = await fetch(`${url}/-/ready`).catch(() => undefined);
    if (answer?.ok) {
      return { url, stop };
    }
    await sleep(100);
  }
  await stop();
  throw new Error(`Prometheus did not start:\n${log}`);
}
