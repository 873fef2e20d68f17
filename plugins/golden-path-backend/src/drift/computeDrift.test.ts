import { digestOf, RepositoryFile, ServiceFile } from '@goldenpath/engine';
import { renderService, templateFolder } from '../__testUtils__/templates';
import { Renderer } from '../plans/Renderer';
import { computeDrift } from './computeDrift';
import { driftFact } from './driftFact';
import { templateFromFiles } from './templateFiles';
import { TemplateReading } from './TemplateReader';

const now = new Date('2026-11-21T10:00:00.000Z');
const entityRef = 'component:default/pay';
const templateRef = 'template:default/node';
const first = templateFolder('1.0.0', 'hello');

function read(folder: Record<string, string>): TemplateReading {
  const files = Object.entries(folder).map(
    ([path, text]): RepositoryFile => ({
      path,
      mode: '100644',
      size: text.length,
      sha256: digestOf(Buffer.from(text)),
      content: Buffer.from(text),
    }),
  );
  const template = templateFromFiles(files, {
    url: 'https://git.example.com/templates/tree/main/node/',
    commit: null,
  });
  return { status: 'read', template };
}

function drift(
  options: {
    service?: Record<string, string>;
    template?: TemplateReading;
    serviceFile?: ServiceFile;
    lockText?: string | null;
  } = {},
) {
  const service = {
    ...renderService({ folder: first, entityRef: templateRef, name: 'pay' }),
    ...options.service,
  };
  const { lockText = service['.golden-path.lock.yaml'] } = options;
  return computeDrift({
    entityRef,
    repository: {
      snapshot: {
        commit: null,
        observedAt: now.toISOString(),
        digests: new Map(
          Object.entries(service).map(([path, text]) => [
            path,
            digestOf(Buffer.from(text)),
          ]),
        ),
        lockText: lockText ?? undefined,
      },
      serviceFile: options.serviceFile,
    },
    readTemplate: async ref =>
      ref === templateRef
        ? options.template ?? read(first)
        : { status: 'unreadable', reason: 'unexpected' },
    renderer: new Renderer(),
    now,
  });
}

it('is pristine right after creation', async () => {
  const report = await drift();
  expect(report).toMatchObject({ status: 'ok', entityRef });
  expect(report.layers[0]).toMatchObject({
    drifted: 0,
    template: { version: '1.0.0', newestVersion: '1.0.0' },
  });
  expect(driftFact(report)).toMatchObject({
    drifted: 0,
    outdated: 0,
    layers: [{ upToDate: true }],
  });
});

it('sees edits, newer templates and what may be edited', async () => {
  const report = await drift({
    service: { 'README.md': 'mine', 'ci.yml': 'mine' },
    template: read(templateFolder('1.1.0', 'hello there')),
  });
  expect(
    report.layers[0].files.map(({ path, status, drifted }) => [
      path,
      status,
      drifted,
    ]),
  ).toEqual([
    ['README.md', 'edited', false],
    ['ci.yml', 'edited+outdated', true],
  ]);
  expect(driftFact(report)).toMatchObject({
    drifted: 1,
    edited: 1,
    outdated: 1,
    layers: [{ version: '1.0.0', newestVersion: '1.1.0', upToDate: false }],
  });
});

it('honours waivers of the service file', async () => {
  const report = await drift({
    service: { 'ci.yml': 'mine' },
    serviceFile: {
      schemaVersion: 1,
      waivers: [
        {
          path: 'ci.yml',
          reason: 'own pipeline',
          owner: 'group:default/pay',
          expires: '2026-12-31',
        },
      ],
      ownership: {},
    },
  });
  expect(report.layers[0].files[1]).toMatchObject({
    status: 'waived',
    drifted: false,
  });
});

it('says nothing about being up to date when the template cannot be read', async () => {
  const report = await drift({
    service: { 'ci.yml': 'mine' },
    template: { status: 'unreadable', reason: 'forge is down' },
  });
  expect(report).toMatchObject({
    status: 'ok',
    layers: [
      {
        drifted: 1,
        template: {
          newestVersion: null,
          reason: expect.stringMatching(/forge is down/),
        },
      },
    ],
  });
  const fact = driftFact(report)!;
  expect(fact).not.toHaveProperty('outdated');
  expect(fact.layers).toEqual([
    { id: 'service', template: templateRef, version: '1.0.0', drifted: 1 },
  ]);
});

it('says why the newest template does not render', async () => {
  const template = read({
    ...first,
    'skeleton/new.md': '${{ values.neverAsked }}',
  });
  const { layers } = await drift({ template });
  expect(layers[0].template).toMatchObject({
    newestVersion: null,
    reason: expect.stringMatching(/new\.md.*values\.neverAsked/s),
  });
});

it('tells no lock from a lock that is not valid, with its line', async () => {
  expect(await drift({ lockText: null })).toMatchObject({
    status: 'no-lock',
    reason: expect.stringMatching(/no \.golden-path\.lock\.yaml/),
    layers: [],
  });
  const invalid = await drift({ lockText: 'schemaVersion: 1\nlayers: many\n' });
  expect(invalid).toMatchObject({
    status: 'invalid-lock',
    reason: expect.stringMatching(/^\.golden-path\.lock\.yaml:2 layers/),
  });
  expect(driftFact(invalid)).toBeUndefined();
});

it('is unknown while the repository is', async () => {
  const report = await computeDrift({
    entityRef,
    repository: { problem: 'not read yet' },
    readTemplate: async () => ({ status: 'unreadable', reason: '' }),
    renderer: new Renderer(),
    now,
  });
  expect(report).toMatchObject({ status: 'unknown', reason: 'not read yet' });
});

it.each([
  [{ 'template.yaml': '' }, /no golden-path\.template\.yaml/],
  [
    { ...first, 'golden-path.template.yaml': 'schemaVersion: 1\nversion: x\n' },
    /^golden-path\.template\.yaml:2 version/,
  ],
  [
    {
      ...first,
      'golden-path.template.yaml':
        'schemaVersion: 1\nversion: 1.0.0\nskeleton: ../other\n',
    },
    /outside the template's folder/,
  ],
  [
    {
      ...first,
      'golden-path.template.yaml':
        'schemaVersion: 1\nversion: 1.0.0\nskeleton: ./none\n',
    },
    /'none' holds no files/,
  ],
])('refuses a template that is not whole', (folder, message) => {
  expect(() => read(folder as Record<string, string>)).toThrow(message);
});
