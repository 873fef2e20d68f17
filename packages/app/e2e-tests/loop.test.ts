/**
 * The main job end to end, in a real browser against a Backstage started as a user starts it: create a service, see
 * its card, work in its repository, leave the path, deliver, and restart.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Backstage, reportFolder } from './backstage.ts';
import { type Browser, launchChromium, type Page } from './browser.ts';
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

const overviewUrl = () =>
  `${backstage.appUrl}/catalog/default/component/${SERVICE}`;
const card = () => page.getByTestId('info-card-subheader').first();
const cardRegion = () =>
  page
    .locator('.MuiCard-root')
    .filter({ has: page.getByText('Golden path', { exact: true }) })
    .first();

async function screenshot(name: string) {
  await page.screenshot({
    path: path.join(reportFolder, `${name}.png`),
    fullPage: true,
  });
}

/** The score the card shows, its lower end. */
async function shownScore(): Promise<number> {
  const text = await cardRegion()
    .getByText(/^\d+(\.\d+)?( to \d+(\.\d+)?)?$/)
    .first()
    .innerText();
  return Number.parseFloat(text);
}

before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'golden-path-e2e-'));
  backstage = await Backstage.create({ data: path.join(folder, 'data') });
  await backstage.start();
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1440, height: 1100 } });
  page.setDefaultTimeout(60_000);
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
  await page.goto(`${backstage.appUrl}/create`);
  await page
    .locator('.MuiCard-root')
    .filter({ hasText: 'Node.js service' })
    .getByRole('button', { name: 'Choose' })
    .click();
  await page.getByLabel('Name', { exact: false }).first().fill(SERVICE);
  await page
    .getByLabel('Description', { exact: false })
    .first()
    .fill('Greets whoever calls');
  const owner = page.getByLabel('Owner', { exact: false }).first();
  await owner.click();
  await owner.fill('platform');
  await page.getByRole('option', { name: /platform/i }).first().click();
  await screenshot('create-1-service');
  await page.getByRole('button', { name: 'Next' }).click();
  await screenshot('create-2-destination');
  await page.getByRole('button', { name: 'Review' }).click();
  await screenshot('create-3-review');
  await page.getByRole('button', { name: 'Create' }).click();
  await page
    .getByRole('link', { name: /open in catalog/i })
    .or(page.getByRole('button', { name: /open in catalog/i }))
    .first()
    .waitFor({ timeout: 120_000 });
  await screenshot('create-4-result');
});

test('the component page shows level and score', async () => {
  await page.goto(overviewUrl());
  await cardRegion().getByText('gold', { exact: false }).first().waitFor();
  await page.waitForFunction(
    () => /of 100/.test(document.body.innerText),
    undefined,
    { timeout: 90_000 },
  );
  assert.equal(await shownScore(), 100);
  await screenshot('card-created');
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
