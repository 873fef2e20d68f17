/**
 * What happens after the code is written, in a real browser: the pipeline of a service made from a template reports its
 * deployment and the open card tells of it by itself, numbers lead to their events, and the gate stops a release with
 * reasons, lets it go by an override, and stops it again.
 */
import assert from 'node:assert/strict';
import { readFile as readText, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Backstage, reportFolder, root } from './backstage.ts';
import { type Browser, launchChromium, type Page } from './browser.ts';
import {
  deployed,
  incidentDetected,
  incidentResolved,
  objectiveMeasured,
  sendEvents,
} from './events.ts';
import { runPipelineStep } from './pipelineStep.ts';
import { inCatalog, pushFiles, scaffold } from './servedRepositories.ts';
import { outcomeOf, run } from './shell.ts';

const SERVICE = 'till';
const ENTITY_REF = `component:default/${SERVICE}`;
const CHANNEL = `golden-path:${ENTITY_REF}`;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** What the pipeline is given; it may do no more than it needs. */
const PIPELINE_TOKEN = 'pipeline-token-of-the-till';
const ALERTMANAGER_SECRET = 'secret-of-the-alertmanager';
const REASON = `The refund bug costs more than the budget, ticket ${Date.now()}`;

interface Decision {
  id: string;
  verdict: string;
  proceed: boolean;
  rules: { rule: string; verdict: string; reason: string; wayOut?: string }[];
  override?: { expiresAt: string; reason: string };
}

let folder: string;
let clone: string;
let sha: string;
let backstage: Backstage;
let browser: Browser;
let page: Page;
/** What came and went on the web socket of the page, in order. */
const sockets: { from: 'page' | 'server'; text: string }[] = [];
const thrown: string[] = [];

const overviewUrl = () =>
  `${backstage.appUrl}/catalog/default/component/${SERVICE}`;

const card = () =>
  page
    .locator('.MuiCard-root')
    .filter({ hasText: /^Golden path/ })
    .first();

/** The whole page, or the part of a long one that has the id. */
async function screenshot(name: string, part?: string) {
  const file = path.join(reportFolder, `health-${name}.png`);
  if (part) {
    await page.locator(`#${part}`).screenshot({ path: file });
  } else {
    await page.screenshot({ path: file, fullPage: true });
  }
}

const signals = () =>
  sockets.filter(
    ({ from, text }) => from === 'server' && text.includes(`"${CHANNEL}"`),
  ).length;

/** Opens a page that asks for nothing a second time by itself: what it shows later it was told to ask for. */
async function openWithoutPolling(url: string) {
  await page.addInitScript(() => {
    const original = window.setInterval.bind(window);
    const without = (work: () => void, pause = 0) =>
      pause >= 5_000 ? 0 : original(work, pause);
    window.setInterval = without as typeof window.setInterval;
  });
  page.on('websocket', socket => {
    const note = (from: 'page' | 'server') => (frame: { payload: unknown }) =>
      sockets.push({ from, text: String(frame.payload) });
    socket.on('framesent', note('page'));
    socket.on('framereceived', note('server'));
  });
  await page.goto(url);
  await until('the page listens to signals', async () =>
    sockets.some(
      ({ from, text }) => from === 'page' && text.includes(`"${CHANNEL}"`),
    ),
  );
  await page.evaluate(() => {
    document.documentElement.dataset.opened = 'once';
  });
}

const wasReloaded = async () =>
  (await page.locator('html').getAttribute('data-opened')) !== 'once';

async function until(what: string, holds: () => Promise<boolean>) {
  const deadline = Date.now() + 2 * MINUTE;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, `Waited in vain: ${what}`);
    await sleep(250);
  }
}

/** Asks the backend as the person in the browser does. */
async function ask<T>(address: string, body?: object): Promise<T> {
  const response = await fetch(
    `${backstage.backendUrl}/api/golden-path/v1/${address}`,
    {
      method: body ? 'POST' : 'GET',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await backstage.guestToken()}`,
      },
      body: body && JSON.stringify(body),
    },
  );
  assert.ok(response.ok, `${address}: ${await response.clone().text()}`);
  return (await response.json()) as T;
}

/** Asks the gate with the command line, as the pipeline does. */
const gate = (commit: string) =>
  outcomeOf(
    folder,
    process.execPath,
    [
      path.join(root, 'packages', 'cli', 'bin', 'golden-path'),
      ...['gate', '--entity', ENTITY_REF, '--url', backstage.backendUrl],
      ...['--environment', 'production', '--sha', commit],
    ],
    { GOLDEN_PATH_TOKEN: PIPELINE_TOKEN },
  );

const latestDecision = async (): Promise<Decision> => {
  const { items } = await ask<{ items: Decision[] }>(
    `decisions?entityRef=${encodeURIComponent(ENTITY_REF)}&limit=1`,
  );
  return items[0];
};

const sendAlert = (secret: string) =>
  fetch(`${backstage.backendUrl}/api/golden-path/v1/webhooks/alertmanager`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${secret}`,
    },
    body: JSON.stringify({
      version: '4',
      status: 'firing',
      externalURL: 'https://alerts.example.com',
      commonLabels: { severity: 'page' },
      alerts: [
        {
          status: 'firing',
          fingerprint: '5f3a9c0b1d2e4f60',
          labels: {
            alertname: 'TillDown',
            backstage_io_entity: ENTITY_REF,
            environment: 'production',
          },
          annotations: { summary: 'Nobody can pay at the till' },
          startsAt: new Date(Date.now() - 5 * MINUTE).toISOString(),
          endsAt: '0001-01-01T00:00:00Z',
        },
      ],
    }),
  });

before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'golden-path-health-'));
  clone = path.join(folder, SERVICE);
  backstage = await Backstage.create({
    data: path.join(folder, 'data'),
    config: {
      'backend.auth.externalAccess': [
        {
          type: 'static',
          options: { token: PIPELINE_TOKEN, subject: 'pipeline' },
          accessRestrictions: [
            {
              plugin: 'golden-path',
              permission: ['golden-path.event.create', 'golden-path.gate.ask'],
            },
          ],
        },
      ],
      'goldenPath.webhooks': {
        alertmanager: { secrets: [{ secret: ALERTMANAGER_SECRET }] },
      },
    },
  });
  await backstage.start();
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1440, height: 1100 } });
  page.setDefaultTimeout(60_000);
  page.on('pageerror', error => thrown.push(error.message));
});

after(async () => {
  if (page && !page.isClosed()) {
    await screenshot('last-page');
  }
  await browser?.close();
  await backstage?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('a new service says that nothing was reported', async () => {
  await inCatalog(backstage, { kind: 'template', name: 'node-service' });
  await scaffold(backstage, 'template:default/node-service', {
    name: SERVICE,
    description: 'Takes money at the counter',
    owner: 'group:default/platform',
    tier: 3,
    flagProvider: 'file',
    destination: 'local',
    visibility: 'private',
    delivery: 'forge',
  });
  await inCatalog(backstage, { kind: 'component', name: SERVICE });
  await page.goto(overviewUrl());
  await card()
    .getByText('of 100')
    .waitFor({ timeout: 2 * MINUTE });
  await card().getByText('No delivery event has arrived yet.').waitFor();
  await card().getByText('Not instrumented').first().waitFor();
  assert.equal(await card().getByText('Band:').count(), 0);
  await screenshot('card-silent');
});

test('its own pipeline reports a deployment, and the open card tells of it by a signal', async () => {
  await run(folder, 'git', [
    ...['clone', '--quiet'],
    `${backstage.backendUrl}/api/local-git/git/${SERVICE}.git`,
    clone,
  ]);
  const head = async () =>
    (await run(clone, 'git', ['rev-parse', 'HEAD'])).trim();
  const previous = await head();
  await pushFiles({
    backstage,
    folder,
    repository: SERVICE,
    files: { 'docs/counter.md': '# The counter\n' },
    message: 'Describe the counter',
  });
  await run(clone, 'git', ['pull', '--quiet']);
  sha = await head();
  assert.notEqual(sha, previous);

  await openWithoutPolling(overviewUrl());
  await card().getByText('No delivery event has arrived yet.').waitFor();
  const heard = signals();
  await runPipelineStep({
    clone,
    workflow: 'release.yml',
    job: 'production',
    step: 'Report the deployment',
    inherited: ['ENVIRONMENT', 'SOURCE_COMMIT'],
    values: {
      'github.sha': sha,
      'github.server_url': 'https://github.example.com',
      'github.repository': `acme/${SERVICE}`,
      'steps.handed.outputs.commit': sha,
      'steps.handed.outputs.previous': previous,
      'vars.GOLDEN_PATH_URL': backstage.backendUrl,
      'secrets.GOLDEN_PATH_TOKEN': PIPELINE_TOKEN,
    },
  });
  await card()
    .getByText('1 deployment of 5: too few to judge.')
    .waitFor({ timeout: 30_000 });
  assert.ok(signals() > heard, JSON.stringify(sockets));
  assert.equal(await wasReloaded(), false);
  assert.equal(await card().getByText('Band:').count(), 0);
  await screenshot('card-first-deployment');
});

test('with more deployments come bands, and a number opens the events behind it', async () => {
  const now = Date.now();
  const incident = { entityRef: ENTITY_REF, incidentId: 'INC-7' };
  const started = new Date(now - 4 * DAY + HOUR);
  await sendEvents(backstage, [
    ...[20, 16, 12, 8, 6, 4].map((days, index) => {
      const at = new Date(now - days * DAY);
      return deployed({
        entityRef: ENTITY_REF,
        deploymentId: `release-${index + 1}`,
        at,
        committedAt: new Date(at.getTime() - 5 * HOUR),
        sha: String(index + 1).repeat(40),
      });
    }),
    incidentDetected({ ...incident, deploymentId: 'release-6', at: started }),
    incidentResolved({
      ...incident,
      at: new Date(started.getTime() + 2 * HOUR),
    }),
  ]);
  await card().getByText('16.7%').waitFor({ timeout: 30_000 });
  await card().getByText('Band:').first().waitFor();
  assert.equal(await wasReloaded(), false);
  await screenshot('card-with-bands');

  await card()
    .getByRole('link', { name: /^Change fail rate: 16\.7%/ })
    .click();
  const metric = page.locator('#metric-changeFailRate');
  await metric.getByText(/events? behind this number/).click();
  await metric.getByText(/INC-7/).first().waitFor();
  await screenshot('tab-evidence', 'health');
});

test('the gate stops a release over an overdrawn budget, with every reason', async () => {
  await page.goto(overviewUrl());
  await card().getByText('16.7%').waitFor();
  await sendEvents(backstage, [
    objectiveMeasured({
      entityRef: ENTITY_REF,
      at: new Date(),
      target: 0.99,
      periodDays: 28,
      windows: [
        { seconds: 5 * 60, bad: 0, valid: 50 },
        { seconds: 30 * 60, bad: 0, valid: 300 },
        { seconds: 3_600, bad: 0, valid: 600 },
        { seconds: 6 * 3_600, bad: 2, valid: 3_600 },
        { seconds: 3 * 86_400, bad: 40, valid: 40_000 },
        { seconds: 28 * 86_400, bad: 6_000, valid: 400_000 },
      ],
    }),
  ]);
  await card()
    .getByText('overdrawn by 50%')
    .first()
    .waitFor({ timeout: 30_000 });
  await screenshot('card-budget');

  const { code, output } = await gate(sha);
  assert.equal(code, 1, output);
  assert.match(output, /^Blocked: component:default\/till, production/m);
  const { rules, verdict } = await latestDecision();
  assert.equal(verdict, 'block');
  assert.ok(rules.some(({ rule }) => rule === 'errorBudget'));
  for (const { reason, wayOut } of rules) {
    assert.ok(output.includes(reason), `${reason}\n is not in\n${output}`);
    assert.ok(!wayOut || output.includes(`-> ${wayOut}`), output);
  }
  const blocking = rules.filter(({ rule }) => rule === 'errorBudget');
  assert.ok(blocking.every(({ wayOut }) => wayOut));

  await card().getByText('Gate: blocked').waitFor();
  await screenshot('card-gate');
  await page.goto(`${overviewUrl()}/golden-path#gate`);
  await page
    .getByRole('button', { name: /^Details of the decision on/ })
    .first()
    .click();
  const shown = page.locator('#gate');
  if (rules.some(rule => rule.verdict === 'allow')) {
    await shown
      .getByRole('button', { name: /not speak against it/ })
      .first()
      .click();
  }
  for (const { reason, wayOut } of rules) {
    await shown.getByText(`${reason}.`, { exact: true }).first().waitFor();
    if (wayOut) {
      await shown
        .getByText(`Way out: ${wayOut}.`, { exact: true })
        .first()
        .waitFor();
    }
  }
  await screenshot('tab-gate', 'gate');
});

test('a person overrides it with a reason, and the same question goes ahead', async () => {
  const { id } = await latestDecision();
  await page
    .getByRole('button', { name: /^Override the decision on/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /^Reason/ }).fill(REASON);
  await dialog.getByLabel(/^Hours/).fill('1');
  await page.screenshot({
    path: path.join(reportFolder, 'health-override-dialog.png'),
  });
  await dialog.getByRole('button', { name: 'Override', exact: true }).click();
  await page
    .locator('#gate')
    .getByText(/^Overridden until /)
    .first()
    .waitFor();
  await screenshot('tab-overridden', 'gate');

  const { code, output } = await gate(sha);
  assert.equal(code, 0, output);
  const { override } = await ask<Decision>(`decisions/${id}`);
  assert.ok(
    output.includes(
      `Override by user:development/guest until ${override?.expiresAt}: ${REASON}`,
    ),
    output,
  );
  const another = await gate('f'.repeat(40));
  assert.equal(another.code, 1, another.output);

  const log = await readText(path.join(reportFolder, 'backstage.log'), 'utf8');
  const audited = log
    .split('\n')
    .filter(line => line.includes('gate-override') && line.includes(REASON));
  assert.ok(
    audited.some(line => line.includes('succeeded') && line.includes(id)),
    `The audit log has no success of the override of ${id}`,
  );
  await page.goto(`${backstage.appUrl}/golden-paths/gate`);
  await page
    .getByText(/overridden/i)
    .first()
    .waitFor();
  await screenshot('gate-page');
});

test('an override ends by itself, and the gate stops the release again', async () => {
  const request = {
    entityRef: ENTITY_REF,
    environment: 'production',
    sha: 'e'.repeat(40),
  };
  const stopped = await ask<Decision>('gate', request);
  assert.equal(stopped.proceed, false);
  const overridden = await ask<Decision>(`decisions/${stopped.id}/override`, {
    reason: 'Only for the seconds it takes',
    hours: 0.001,
  });
  assert.equal(overridden.proceed, true);
  await until(
    'the override ends',
    async () => !(await ask<Decision>('gate', request)).proceed,
  );
  assert.ok(Date.now() >= Date.parse(overridden.override!.expiresAt));
  const { code, output } = await gate(request.sha);
  assert.equal(code, 1, output);
});

test('an alert comes in with the right secret only, and is an open incident', async () => {
  await page.goto(`${overviewUrl()}/golden-path#metric-timeToRestore`);
  const metric = page.locator('#metric-timeToRestore');
  await metric.waitFor();
  assert.equal((await sendAlert('another-secret')).status, 401);
  const unknown = await fetch(
    `${backstage.backendUrl}/api/golden-path/v1/webhooks/pagerduty`,
    { method: 'POST', body: '{}' },
  );
  assert.equal(unknown.status, 403);
  assert.equal(await metric.getByText(/Still open after/).count(), 0);

  const taken = await sendAlert(ALERTMANAGER_SECRET);
  assert.equal(taken.status, 202, await taken.clone().text());
  assert.deepEqual(((await taken.json()) as { accepted: number }).accepted, 1);
  await metric.getByText(/Still open after/).waitFor({ timeout: 30_000 });
  await screenshot('tab-incident', 'health');
  const { output } = await gate('d'.repeat(40));
  assert.match(output, /incidents[\s\S]*5f3a9c0b1d2e4f60/);
});

test('no page threw on the way', () => {
  assert.deepEqual(thrown, []);
});
