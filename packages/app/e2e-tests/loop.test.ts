/**
 * The main job end to end, in a real browser against a Backstage started as a user starts it: create a service, see
 * its card, work in its repository, leave the path, deliver, and restart.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Backstage, reportFolder } from './backstage.ts';
import { type Browser, launchChromium, type Page } from './browser.ts';
import { createFromTemplate } from './createPage.ts';
import { deployed, incidentDetected, incidentResolved } from './events.ts';
import { run } from './shell.ts';

const SERVICE = 'greeter';
const ENTITY_REF = `component:default/${SERVICE}`;
const SECURITY_WORKFLOW = '.github/workflows/security.yml';
const HOUR = 3_600_000;

let folder: string;
let clone: string;
let backstage: Backstage;
let browser: Browser;
let page: Page;
const thrown: string[] = [];

const overviewUrl = () =>
  `${backstage.appUrl}/catalog/default/component/${SERVICE}`;

const card = () =>
  page
    .locator('.MuiCard-root')
    .filter({ hasText: /^Golden path/ })
    .first();

async function screenshot(name: string) {
  await page.screenshot({
    path: path.join(reportFolder, `${name}.png`),
    fullPage: true,
  });
}

/** The lower end of the score the card shows. */
async function shownScore(): Promise<number> {
  const text = await card()
    .getByText(/^\d+( to \d+)?$/)
    .first()
    .innerText();
  return Number.parseInt(text, 10);
}

before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'golden-path-e2e-'));
  backstage = await Backstage.create({ data: path.join(folder, 'data') });
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

test('a newcomer creates a service from the Create page', async () => {
  await createFromTemplate(page, {
    appUrl: backstage.appUrl,
    answers: {
      template: 'Node.js service',
      name: SERVICE,
      description: 'Greets whoever calls',
      owner: 'platform',
    },
    onStep: step => screenshot(`create-${step}`),
  });
  await page.getByText(/starts on gold/).waitFor();
});

test('the component page shows level and score', async () => {
  await page.goto(overviewUrl());
  await card().getByText('of 100').waitFor({ timeout: 90_000 });
  await screenshot('card-created');
  assert.equal(await shownScore(), 100);
  await card()
    .getByRole('listitem')
    .filter({ hasText: 'gold' })
    .getByText('reached', { exact: true })
    .waitFor();
});

test('the repository is cloned and passes its own verify', async () => {
  clone = path.join(folder, SERVICE);
  await run(folder, 'git', [
    'clone',
    '--quiet',
    `${backstage.backendUrl}/api/local-git/git/${SERVICE}.git`,
    clone,
  ]);
  assert.ok(existsSync(path.join(clone, SECURITY_WORKFLOW)));
  assert.ok(existsSync(path.join(clone, '.golden-path.lock.yaml')));
  await run(clone, 'npm', ['ci', '--no-audit', '--no-fund']);
  await run(clone, 'npm', ['run', 'verify']);
});

test('a push without the security workflow shows on the card within 10 s', async () => {
  await page.goto(`${backstage.appUrl}/golden-paths/repositories/${SERVICE}`);
  await page.getByRole('button', { name: 'Get a push token' }).click();
  const token = await page
    .getByText(/^gplg_/)
    .first()
    .innerText();
  await screenshot('repository');

  await page.goto(overviewUrl());
  await card().getByText('of 100').waitFor();

  await run(clone, 'git', ['rm', '--quiet', SECURITY_WORKFLOW]);
  await run(clone, 'git', [
    '-c',
    'user.name=Newcomer',
    '-c',
    'user.email=newcomer@example.com',
    'commit',
    '--quiet',
    '--message',
    'Drop the security workflow',
  ]);
  const remote = new URL(
    `${backstage.backendUrl}/api/local-git/git/${SERVICE}.git`,
  );
  remote.username = 'git';
  remote.password = token.trim();
  await run(clone, 'git', ['push', '--quiet', remote.href, 'HEAD:main']);

  await card()
    .getByText(SECURITY_WORKFLOW)
    .first()
    .waitFor({ timeout: 10_000 });
  const score = await shownScore();
  assert.ok(score < 100, `the score is ${score}`);
  await screenshot('card-off-the-path');
});

test('delivery events show as metrics with their evidence', async () => {
  const now = Date.now();
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${await backstage.guestToken()}`,
  };
  const events = [20, 16, 12, 8, 6, 4].map((days, index) => {
    const at = new Date(now - days * 24 * HOUR);
    return deployed({
      entityRef: ENTITY_REF,
      deploymentId: `release-${index + 1}`,
      at,
      committedAt: new Date(at.getTime() - 5 * HOUR),
      sha: String(index + 1).repeat(40),
    });
  });
  const started = new Date(now - 4 * 24 * HOUR + HOUR);
  const incident = { entityRef: ENTITY_REF, incidentId: 'INC-7' };
  for (const body of [
    ...events,
    incidentDetected({ ...incident, deploymentId: 'release-6', at: started }),
    incidentResolved({
      ...incident,
      at: new Date(started.getTime() + 2 * HOUR),
    }),
  ]) {
    const response = await fetch(
      `${backstage.backendUrl}/api/golden-path/v1/events`,
      { method: 'POST', headers, body: JSON.stringify(body) },
    );
    assert.equal(response.status, 202, await response.text());
  }
  await card().getByText('16.7%').waitFor({ timeout: 20_000 });
  await card().getByText('5 h', { exact: true }).waitFor();
  await screenshot('card-with-metrics');

  await card()
    .getByRole('link', { name: /Change fail rate/ })
    .click();
  await page
    .locator('#metric-changeFailRate')
    .getByText(/events? behind this number/)
    .click();
  await page
    .locator('#metric-changeFailRate')
    .getByText(/INC-7/)
    .first()
    .waitFor();
  await screenshot('tab-evidence');
});

test('an exception is asked for, approved, and seen in the fleet', async () => {
  const title = 'Files the template manages are as it made them';
  await page.goto(`${overviewUrl()}/golden-path#checks`);
  await page.getByRole('button', { name: `Details of ${title}` }).click();
  await page
    .getByRole('button', { name: `Ask for an exception from ${title}` })
    .click();
  await page
    .getByRole('textbox', { name: 'Reason' })
    .fill('The scan moves to another pipeline');
  const lastDay = new Date(Date.now() + 30 * 24 * HOUR);
  await page.getByLabel('Holds until').fill(lastDay.toISOString().slice(0, 10));
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await page
    .getByText(/waits for approval/)
    .first()
    .waitFor();
  await screenshot('tab-exception');

  await page.goto(`${backstage.appUrl}/golden-paths/waivers`);
  await page.getByRole('button', { name: /^Approve / }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: 'Approve' })
    .click();
  await page
    .getByRole('button', { name: /^Revoke / })
    .first()
    .waitFor();
  await screenshot('exceptions');

  await page.goto(
    `${backstage.appUrl}/golden-paths/fleet?path=service&check=DEL-03&verdict=waived`,
  );
  await page.getByRole('link', { name: SERVICE }).first().waitFor();
  await screenshot('fleet');
});

test('a changed path shows what it would do before it is in force', async () => {
  await page.goto(`${backstage.appUrl}/golden-paths/paths/service`);
  await page.getByRole('button', { name: /^Begin with version/ }).click();
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.getByText('No entity would move.').waitFor();
  await screenshot('path-preview');
});

test('a restart loses nothing', async () => {
  const shown = await shownOnOverview();
  // A page still loading while the server goes away would rightly complain
  await page.goto('about:blank');
  await backstage.stop();
  await backstage.start();
  assert.equal(await shownOnOverview(), shown);
});

test('no page threw on the way', () => {
  assert.deepEqual(thrown, []);
});

async function shownOnOverview(): Promise<string> {
  await page.goto(overviewUrl());
  await card().getByText('of 100').waitFor({ timeout: 90_000 });
  await card().getByText('16.7%').waitFor();
  await card().getByText(SECURITY_WORKFLOW).first().waitFor();
  return String(await shownScore());
}
