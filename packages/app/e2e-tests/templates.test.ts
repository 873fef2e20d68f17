/**
 * Every template from the Create page, in a real browser: what it makes is cloned, and installs, builds and passes its
 * own tests with the toolchain of its language.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { parse } from 'yaml';
import { Backstage, reportFolder, root } from './backstage.ts';
import { type Browser, launchChromium, type Page } from './browser.ts';
import { createFromTemplate } from './createPage.ts';
import { run } from './shell.ts';

interface Build {
  needs: string[];
  commands: [string, ...string[]][];
}

const TEMPLATES = [
  'node-service',
  'python-service',
  'go-service',
  'java-service',
  'react-app',
  'typescript-library',
];

/** Languages whose toolchain is not here, said by the runner, which fails in CI instead. */
const missing = (process.env.GOLDEN_PATH_MISSING_LANGUAGES ?? '')
  .split(',')
  .filter(Boolean);

let folder: string;
let backstage: Backstage;
let browser: Browser;
let page: Page;
const thrown: string[] = [];

function read(template: string, file: string) {
  const text = readFileSync(
    path.join(root, 'templates', template, file),
    'utf8',
  );
  return parse(text);
}

before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'golden-path-templates-'));
  backstage = await Backstage.create({ data: path.join(folder, 'data') });
  await backstage.start();
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1440, height: 1100 } });
  page.setDefaultTimeout(60_000);
  page.on('pageerror', error => thrown.push(error.message));
});

after(async () => {
  await browser?.close();
  await backstage?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Registers the tests of one template. */
function testTemplate(template: string) {
  const { build } = read(template, 'proof.yaml') as { build: Build };
  const left = build.needs.filter(language => missing.includes(language));
  const name = `made-by-${template}`;

  test(`${template}: from the Create page to a repository`, async () => {
    const { metadata } = read(template, 'template.yaml');
    await createFromTemplate(page, {
      appUrl: backstage.appUrl,
      answers: {
        template: metadata.title,
        name,
        description: 'Says "hello" & waves',
        owner: 'platform',
      },
      onStep: async step => {
        await page.screenshot({
          path: path.join(reportFolder, `${template}-${step}.png`),
          fullPage: true,
        });
      },
    });
    // The result says what was stamped, the first score, and what to do next
    await page.getByText(/starts on gold/).waitFor();
    await run(folder, 'git', [
      'clone',
      '--quiet',
      `${backstage.backendUrl}/api/local-git/git/${name}.git`,
      path.join(folder, name),
    ]);
    assert.ok(existsSync(path.join(folder, name, '.golden-path.lock.yaml')));
  });

  test(
    `${template}: passes its own verify`,
    { skip: left.length > 0 && `no toolchain for ${left.join(', ')}` },
    async () => {
      for (const [command, ...args] of build.commands) {
        await run(path.join(folder, name), command, args, { CI: 'true' });
      }
    },
  );
}

TEMPLATES.forEach(testTemplate);

test('adopt-golden-path: an unrelated repository is proposed what it lacks, and keeps every byte', async () => {
  const name = 'older-than-the-path';
  const token = await backstage.guestToken();
  const response = await fetch(
    `${backstage.backendUrl}/api/local-git/repositories`,
    {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
      },
      body: JSON.stringify({ name, idempotencyKey: name }),
    },
  );
  assert.ok(response.ok, await response.clone().text());
  const created = (await response.json()) as { push: { token: string } };

  const clone = path.join(folder, name);
  const url = `${backstage.backendUrl}/api/local-git/git/${name}.git`;
  const git = (...args: string[]) =>
    run(clone, 'git', [
      ...['-c', 'user.name=Elder', '-c', 'user.email=elder@example.com'],
      ...args,
    ]);
  await mkdir(path.join(clone, 'lib'), { recursive: true });
  await writeFile(path.join(clone, 'README.md'), '# Older\r\n\r\nKept.\r\n');
  await writeFile(path.join(clone, 'lib', 'sum.js'), 'exports.sum = 1 + 1\n');
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'As it was');
  const remote = new URL(url);
  remote.username = 'git';
  remote.password = created.push.token;
  await git('push', '--quiet', remote.href, 'HEAD:main');

  await page.goto(`${backstage.appUrl}/create`);
  await page
    .locator('.MuiCard-root')
    .filter({ has: page.getByText('Adopt the golden path', { exact: true }) })
    .getByRole('button', { name: 'Choose' })
    .click();
  await page.getByRole('textbox', { name: /^Repository/ }).fill(name);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel(/^Name/).fill(name);
  await page.getByLabel(/^What it does/).fill('Adds one and one');
  await page.getByLabel(/^Owner/).fill('platform');
  await page
    .getByRole('option', { name: /platform/i })
    .first()
    .click();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByText('The proposed change').waitFor({ timeout: 180_000 });
  await page.screenshot({
    path: path.join(reportFolder, 'adopt-result.png'),
    fullPage: true,
  });

  await git('fetch', '--quiet', url, 'golden-path/adopt');
  const changes = await git('diff', '--name-status', 'HEAD', 'FETCH_HEAD');
  const lines = changes.trim().split('\n');
  assert.deepEqual(
    lines.filter(line => !line.startsWith('A\t')),
    [],
  );
  assert.ok(lines.includes('A\tSECURITY.md'), changes);
  assert.ok(lines.includes('A\t.golden-path.lock.yaml'), changes);
});

test('no page threw on the way', () => {
  assert.deepEqual(thrown, []);
});
