/**
 * The way of a new version of a template to its services, in a real browser: published, noticed on the cards, previewed,
 * proposed, merged; and kept away from a line that a service has made its own.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Backstage, reportFolder } from './backstage.ts';
import { type Browser, launchChromium, type Page } from './browser.ts';
import {
  createRepository,
  pushFiles,
  readFile,
  register,
  scaffold,
} from './servedRepositories.ts';
import { editedDockerfile, tinyTemplate } from './tinyTemplate.ts';

const TEMPLATES = 'templates';
const TEMPLATE_REF = 'template:default/tiny-service';
/** One that was left as it was made, one that edited the very line, and one that edited another. */
const PLAIN = 'tiny-plain';
const STUBBORN = 'tiny-stubborn';
const OTHER = 'tiny-other';

let folder: string;
let backstage: Backstage;
let browser: Browser;
let page: Page;
const thrown: string[] = [];

const overviewUrl = (name: string) =>
  `${backstage.appUrl}/catalog/default/component/${name}`;
const driftUrl = (name: string) => `${overviewUrl(name)}/golden-path#drift`;

const card = () =>
  page
    .locator('.MuiCard-root')
    .filter({ hasText: /^Golden path/ })
    .first();

async function screenshot(name: string) {
  await page.screenshot({
    path: path.join(reportFolder, `drift-${name}.png`),
    fullPage: true,
  });
}

async function publish(version: '1.9.0' | '1.10.0') {
  await pushFiles({
    backstage,
    folder,
    repository: TEMPLATES,
    files: Object.fromEntries(
      Object.entries(tinyTemplate(version)).map(([name, text]) => [
        `tiny/${name}`,
        text,
      ]),
    ),
    message: `Version ${version}`,
  });
}

/** Asks until the backend has evaluated the service against a version. */
async function compared(name: string, newestVersion: string): Promise<void> {
  for (;;) {
    const response = await fetch(
      `${backstage.backendUrl}/api/golden-path/v1/entities/component/default/${name}/drift`,
      { headers: { authorization: `Bearer ${await backstage.guestToken()}` } },
    );
    const { report } = (await response.json()) as {
      report?: { layers: { template: { newestVersion: string | null } }[] };
    };
    if (report?.layers[0]?.template.newestVersion === newestVersion) {
      return;
    }
    await sleep(500);
  }
}

before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'golden-path-e2e-'));
  backstage = await Backstage.create({
    data: path.join(folder, 'data'),
    config: {
      'catalog.rules': [
        {
          allow: [
            ...['Component', 'System', 'API', 'Resource', 'Location'],
            ...['GoldenPath', 'Template'],
          ],
        },
      ],
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

test('services are made from the first version', async () => {
  const treeUrl = await createRepository(backstage, TEMPLATES);
  await publish('1.9.0');
  await register(backstage, {
    target: `${treeUrl.replace(/\/$/, '')}/tiny/template.yaml`,
    kind: 'template',
    name: 'tiny-service',
  });
  for (const name of [PLAIN, STUBBORN, OTHER]) {
    await scaffold(backstage, TEMPLATE_REF, { name });
  }
  for (const [name, user] of [
    [STUBBORN, 'somebody'],
    [OTHER, 'root'],
  ]) {
    await pushFiles({
      backstage,
      folder,
      repository: name,
      files: {
        Dockerfile: editedDockerfile(user).replace(
          'FROM scratch',
          name === OTHER ? 'FROM debian' : 'FROM scratch',
        ),
        'src/business.sh': 'ours\n',
      },
      message: 'Ours',
    });
  }
  for (const name of [PLAIN, STUBBORN, OTHER]) {
    await page.goto(overviewUrl(name));
    await card()
      .getByText(/1\.9\.0/)
      .first()
      .waitFor({ timeout: 120_000 });
  }
});

test('a new version shows on the cards with counts', async () => {
  await page.goto(overviewUrl(PLAIN));
  await publish('1.10.0');
  await card()
    .getByText(/behind 1\.10\.0/)
    .first()
    .waitFor({ timeout: 120_000 });
  await screenshot('card-outdated');
  await compared(STUBBORN, '1.10.0');
  await page.goto(overviewUrl(STUBBORN));
  await card()
    .getByText(/conflict/i)
    .first()
    .waitFor();
  await screenshot('card-conflict');
});

test('the update is previewed, proposed and merged, and the card says so', async () => {
  await page.goto(driftUrl(PLAIN));
  await page.getByRole('button', { name: /Preview update/ }).click();
  await page.getByText('Update from 1.9.0 to 1.10.0').waitFor();
  await screenshot('preview');
  await page
    .getByRole('button', { name: 'Create change request', exact: true })
    .click();
  await page
    .getByRole('link', { name: /^Update of tiny-service from 1\.9\.0/ })
    .first()
    .click({ timeout: 60_000 });
  await page.getByText('Services run without root').waitFor();
  await screenshot('change-request');
  await page.getByRole('button', { name: /^Merge/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Merge/ })
    .click();
  await page.getByText('Merged', { exact: true }).first().waitFor();
  await page.goto(overviewUrl(PLAIN));
  await card()
    .getByText(/up to date/i)
    .first()
    .waitFor({ timeout: 60_000 });
  await screenshot('card-up-to-date');
  assert.match(
    (await readFile(backstage, PLAIN, 'Dockerfile')) ?? '',
    /USER app/,
  );
});

test('an edit of another line stays, and the update is clean', async () => {
  await page.goto(driftUrl(OTHER));
  await page.getByRole('button', { name: /Preview update/ }).click();
  await page
    .getByRole('button', { name: 'Create change request', exact: true })
    .click();
  await page
    .getByRole('link', { name: /^Update of tiny-service from 1\.9\.0/ })
    .first()
    .click({ timeout: 60_000 });
  await page.getByRole('button', { name: /^Merge/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Merge/ })
    .click();
  await page.getByText('Merged', { exact: true }).first().waitFor();
  const dockerfile = await readFile(backstage, OTHER, 'Dockerfile');
  assert.match(dockerfile ?? '', /FROM debian/);
  assert.match(dockerfile ?? '', /USER app/);
  assert.equal(await readFile(backstage, OTHER, 'src/business.sh'), 'ours\n');
});

test('a conflicting edit gets a draft that says where and why, and keeps its line', async () => {
  await page.goto(driftUrl(STUBBORN));
  await page.getByRole('button', { name: /Preview update/ }).click();
  await page
    .getByText(/1 file in conflict keeps your lines/)
    .first()
    .waitFor();
  await screenshot('preview-conflict');
  await page
    .getByRole('button', { name: 'Create change request', exact: true })
    .click();
  await page
    .getByRole('link', { name: /^Update of tiny-service from 1\.9\.0/ })
    .first()
    .click({ timeout: 60_000 });
  await page.getByText('Draft').first().waitFor();
  const description = page.locator('#request-description');
  await description.getByText('Dockerfile').first().waitFor();
  await description.getByText('USER somebody').first().waitFor();
  await description.getByText('USER app').first().waitFor();
  await screenshot('draft');
  assert.equal(
    await readFile(backstage, STUBBORN, 'Dockerfile'),
    editedDockerfile('somebody'),
  );
  const branch = await fetch(
    `${
      backstage.backendUrl
    }/api/local-git/repositories/${STUBBORN}/content?ref=${encodeURIComponent(
      'golden-path/update-service-1.10.0',
    )}&path=Dockerfile`,
    { headers: { authorization: `Bearer ${await backstage.guestToken()}` } },
  );
  const { text } = (await branch.json()) as { text: string };
  assert.equal(text, editedDockerfile('somebody'));
});

test("the template's page shows adoption, and forecasts a version", async () => {
  await page.goto(
    `${backstage.appUrl}/catalog/default/template/tiny-service/golden-path`,
  );
  await page.getByRole('link', { name: PLAIN }).first().waitFor();
  await screenshot('template');
  await page
    .getByRole('button', { name: /dry run/i })
    .first()
    .click();
  await page
    .getByText(/1 conflict/)
    .first()
    .waitFor();
  await screenshot('forecast');
});

test('no page threw on the way', () => {
  assert.deepEqual(thrown, []);
});
