import { Layer, SourceFile } from '@goldenpath/engine';
import { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { FakeRepositories } from '../__testUtils__/fakeRepositories';
import { stamp, templateOf } from '../__testUtils__/stampedService';
import { templateFolder } from '../__testUtils__/templates';
import { ContentStore } from '../database/ContentStore';
import { RenderingStore } from '../database/RenderingStore';
import { TemplateVersionStore } from '../database/TemplateVersionStore';
import { TemplateVersions } from '../versions/TemplateVersions';
import { BaseResolver } from './BaseResolver';
import { Renderer } from './Renderer';

jest.setTimeout(60_000);

const databases = testDatabases();
const entityRef = 'template:default/node';
const now = new Date('2026-11-21T10:00:00.000Z');
const commit = 'c'.repeat(40);
const urlThen = `https://git.example.com/acme/templates/tree/${commit}/node/`;
const folder = templateFolder('1.0.0', 'hello');
const template = templateOf(folder, { commit });
const { layer, rendered } = stamp({
  template,
  entityRef,
  values: { name: 'pay' },
});

/** The layer as another engine, which rendered something else, would have stamped it. */
function stampedOtherwise(text: string): Layer {
  const other = templateOf({ ...folder, 'skeleton/ci.yml': text });
  const stamped = stamp({
    template: other,
    entityRef,
    values: { name: 'pay' },
  });
  return {
    ...stamped.layer,
    template: layer.template,
    render: { ...layer.render, engine: 'nunjucks@3.2.4' },
  };
}

const textsOf = (files: readonly SourceFile[]) =>
  Object.fromEntries(
    files.map(({ path, content }) => [path, Buffer.from(content).toString()]),
  );

describe.each(databases.ids)('BaseResolver on %s', id => {
  let knex: Knex;
  let repositories: FakeRepositories;
  let versions: TemplateVersions;
  let renderings: RenderingStore;
  let resolver: BaseResolver;

  beforeEach(async () => {
    knex = await databases.open(id);
    repositories = new FakeRepositories();
    const contents = new ContentStore({ knex });
    versions = new TemplateVersions({
      versions: new TemplateVersionStore({ knex, contents }),
      contents,
      now: () => now,
    });
    renderings = new RenderingStore({ knex, contents });
    resolver = new BaseResolver({
      versions,
      renderings,
      contents,
      renderer: new Renderer(),
      urlReader: repositories.urlReader(),
      limits: { maxFiles: 100, maxFileBytes: 10_000, maxTotalBytes: 100_000 },
      now: () => now,
    });
  });

  const resolve = (of = layer, ours: SourceFile[] = []) =>
    resolver.resolve({ layer: of, ours, signal: new AbortController().signal });

  it('asks nobody when the service has everything as stamped', async () => {
    const base = await resolve(layer, rendered);
    expect(base).toMatchObject({ source: 'service', files: rendered });
  });

  it('renders a version that is kept, and keeps the rendering', async () => {
    await versions.register(entityRef, template);
    const base = await resolve();
    expect(base.source).toBe('rendered');
    expect(base.problem).toBeUndefined();
    expect(textsOf(base.files)).toEqual(textsOf(rendered));
    expect(await renderings.read(layer.rendered.digest)).toHaveLength(2);
  });

  it('needs neither template nor engine once the rendering is stored', async () => {
    const stamped = stampedOtherwise('greet: as it was rendered then\n');
    const files: SourceFile[] = [
      {
        path: 'README.md',
        mode: '100644',
        content: Buffer.from('# pay\n'),
      },
      {
        path: 'ci.yml',
        mode: '100644',
        content: Buffer.from('greet: as it was rendered then\n'),
      },
    ];
    await renderings.keep(
      {
        templateRef: entityRef,
        inputDigest: template.digest,
        engine: stamped.render.engine,
        files,
      },
      now,
    );
    const base = await resolve(stamped);
    expect(base.source).toBe('stored');
    expect(textsOf(base.files)).toEqual(textsOf(files));
    expect(repositories.reads).toBe(0);
  });

  it("reads the template at the lock's commit, and keeps it as named by a lock", async () => {
    repositories.push(urlThen, folder);
    const base = await resolve();
    expect(base).toMatchObject({ source: 'read' });
    expect(textsOf(base.files)).toEqual(textsOf(rendered));
    expect(await versions.list(entityRef)).toMatchObject([
      { version: '1.0.0', origin: 'lock', commit },
    ]);
    repositories.break(urlThen, new Error('gone'));
    expect(await resolve()).toMatchObject({ source: 'stored' });
  });

  it('does not believe a commit that holds something else', async () => {
    repositories.push(urlThen, templateFolder('1.0.0', 'forged'));
    expect(await resolve()).toMatchObject({
      source: 'none',
      files: [],
      problem: expect.stringContaining(
        'holds other files than the lock was made from',
      ),
    });
    expect(await versions.list(entityRef)).toEqual([]);
  });

  it('says when nothing is left of a version', async () => {
    expect(await resolve()).toMatchObject({
      source: 'none',
      problem: expect.stringContaining(
        `Version 1.0.0 of ${entityRef} was never seen here`,
      ),
    });
    const ofFolder = {
      ...layer,
      template: {
        ...layer.template,
        source: { type: 'file' as const, url: 'file:///t', commit: null },
      },
    };
    expect(await resolve(ofFolder)).toMatchObject({
      source: 'none',
      problem: expect.stringContaining('no address of a commit'),
    });
  });

  it('leaves out what renders differently now, and names both engines', async () => {
    await versions.register(entityRef, template);
    const base = await resolve(stampedOtherwise('greet: otherwise\n'));
    expect(textsOf(base.files)).toEqual({ 'README.md': '# pay\n' });
    expect(base.problem).toBe(
      'base not reproducible: nunjucks@3.2.4 / nunjitsu@0.6.1',
    );
  });

  it('finds files held at an older version', async () => {
    const greeting = '${{ values.name }}';
    const values = { name: 'pay' };
    const older = templateOf(templateFolder('1.0.0', `hello ${greeting}`));
    const newer = templateOf(templateFolder('1.1.0', `hi ${greeting}`));
    await versions.register(entityRef, older);
    await versions.register(entityRef, newer);
    const before = stamp({ template: older, entityRef, values }).layer;
    const after = stamp({ template: newer, entityRef, values }).layer;
    const base = await resolve({
      ...after,
      rendered: {
        ...after.rendered,
        digest: `sha256:${'5'.repeat(64)}`,
        files: {
          ...after.rendered.files,
          'ci.yml': { ...before.rendered.files['ci.yml'], heldAt: '1.0.0' },
        },
      },
    });
    expect(base.problem).toBeUndefined();
    expect(textsOf(base.files)).toEqual({
      'README.md': '# pay\n',
      'ci.yml': 'greet: hello pay\n',
    });
  });
});
