import { createMockDirectory } from '@backstage/backend-test-utils';
import {
  TEMPLATE_PROOF_PREDICATE,
  TemplateProofResult,
} from '@goldenpath/engine';
import { Knex } from 'knex';
import { testDatabases } from './__testUtils__/databases';
import { FakeRepositories } from './__testUtils__/fakeRepositories';
import {
  PATH_TEXT,
  TEMPLATE_REF,
  TEMPLATE_URL,
  templateEntity,
} from './__testUtils__/fixtures';
import { FakeCatalog, startBackend } from './__testUtils__/startBackend';
import { templateFolder } from './__testUtils__/templates';

jest.setTimeout(60_000);

const databases = testDatabases();
const pathFolder = createMockDirectory({
  content: { 'service.yaml': PATH_TEXT },
});
const [, name] = TEMPLATE_REF.split('/');
const url = `/templates/default/${name}`;

function proof(options: {
  inputDigest: string;
  outcome: TemplateProofResult['predicate']['outcome'];
}): string {
  const { inputDigest, outcome } = options;
  const result: TemplateProofResult = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [
      {
        name: `${TEMPLATE_REF}@1.0.0`,
        digest: { sha256: inputDigest.replace('sha256:', '') },
      },
    ],
    predicateType: TEMPLATE_PROOF_PREDICATE,
    predicate: {
      template: {
        ref: TEMPLATE_REF,
        version: '1.0.0',
        inputDigest,
        rulesDigest: inputDigest,
      },
      renderEngine: 'nunjitsu@0.6.1',
      startedAt: '2026-11-21T00:00:00Z',
      seconds: 1,
      parts: ['render'],
      complete: true,
      outcome,
      reasons: outcome === 'proven' ? [] : ['actionlint found 1 mistake'],
      tools: [],
      waived: [],
      rows: [],
      mutations: null,
      build: null,
    },
  };
  return JSON.stringify(result);
}

describe.each(databases.ids)('templates on %s', id => {
  let knex: Knex;
  let repositories: FakeRepositories;
  let catalog: FakeCatalog;
  const folder = templateFolder('1.0.0', 'hello');

  beforeEach(async () => {
    knex = await databases.open(id);
    catalog = new FakeCatalog();
    catalog.set(templateEntity);
    repositories = new FakeRepositories();
    repositories.push(TEMPLATE_URL, folder);
  });

  const start = () =>
    startBackend({ knex, catalog, repositories, paths: [pathFolder.path] });

  async function describeWith(proofText?: string) {
    repositories.push(TEMPLATE_URL, {
      ...folder,
      ...(proofText !== undefined && { 'proof/1.0.0.json': proofText }),
    });
    const { get } = await start();
    return get(url);
  }

  it('gives what a dry run needs, and no more', async () => {
    const { get } = await start();
    const { status, body } = await get(`${url}/files`);
    expect(status).toBe(200);
    expect(body.version).toBe('1.0.0');
    const files = Object.fromEntries(
      body.files.map((file: { path: string; base64Content: string }) => [
        file.path,
        Buffer.from(file.base64Content, 'base64').toString(),
      ]),
    );
    const { 'template.yaml': _, ...expected } = folder;
    expect(files).toEqual(expected);
  });

  it('says when there is no proof, and how to make one', async () => {
    const { status, body } = await describeWith();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      version: '1.0.0',
      inputDigest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    });
    expect(body.proof).toEqual({
      status: 'missing',
      reason: expect.stringContaining('proof/1.0.0.json'),
    });
  });

  it('takes a proof for what it was made of, and for nothing else', async () => {
    const { body } = await describeWith();
    const { inputDigest } = body;
    const proven = await describeWith(
      proof({ inputDigest, outcome: 'proven' }),
    );
    expect(proven.body.proof).toMatchObject({
      status: 'proven',
      result: { predicate: { outcome: 'proven' } },
    });
    const failed = await describeWith(
      proof({ inputDigest, outcome: 'falls-short' }),
    );
    expect(failed.body.proof).toMatchObject({
      status: 'falls-short',
      reason: 'actionlint found 1 mistake',
    });
    const other = await describeWith(
      proof({ inputDigest: `sha256:${'0'.repeat(64)}`, outcome: 'proven' }),
    );
    expect(other.body.proof.status).toBe('outdated');
    expect((await describeWith('{}')).body.proof.status).toBe('unreadable');
  });

  it('keeps a template from whoever may not see it', async () => {
    catalog.hidden.add(TEMPLATE_REF);
    const { get } = await start();
    expect((await get(url)).status).toBe(404);
    expect((await get(`${url}/files`)).status).toBe(404);
  });

  it('says what is wrong with a folder that is no template of the suite', async () => {
    repositories.push(TEMPLATE_URL, { 'template.yaml': 'kind: Template\n' });
    const { get } = await start();
    const { status, body } = await get(url);
    expect(status).toBe(400);
    expect(body.error.message).toContain('has no golden-path.template.yaml');
  });
});
