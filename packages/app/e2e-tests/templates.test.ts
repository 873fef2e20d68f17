/**
 * Every template from the Create page, in a real browser: what it makes is cloned, and installs, builds and passes its
 * own tests with the toolchain of its language.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
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

for (const template of TEMPLATES) {
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

test('no page threw on the way', () => {
  assert.deepEqual(thrown, []);
});
