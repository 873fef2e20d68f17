import {
  buildLayer,
  digestOf,
  type PlannedUpdate,
  planUpdate,
  renderTemplate,
  skeletonParts,
  type SourceFile,
  templateManifestSchema,
} from '@goldenpath/engine';
import { GitTreeMerger } from '../merge/GitTreeMerger';
import {
  applied,
  APPLIED,
  tree,
  type TreeSpec,
  written,
} from './__fixtures__/planning';

/**
 * What the community's update requests get wrong, since they compare the skeleton before it is rendered with the service
 * and know no base: files of the service alone are deleted, template syntax is written, lines of the service are dropped,
 * conditional files appear under their condition's name, and 1.10.0 counts as older than 1.9.0.
 */
const values = { name: 'pay', flag: false };

function render(version: string, skeleton: TreeSpec) {
  const manifest = templateManifestSchema.parse({ schemaVersion: 1, version });
  const files = tree(
    Object.fromEntries(
      Object.entries(skeleton).map(([path, file]) => [
        `skeleton/${path}`,
        file,
      ]),
    ),
  );
  const parts = skeletonParts({ manifest, files });
  return { manifest, rendered: renderTemplate({ manifest, parts, values }) };
}

const skeleton = (extra: string): TreeSpec => ({
  'README.md': `# \${{ values.name }}\n\nA service.\n${extra}`,
  Dockerfile: `FROM node:22\nWORKDIR /app\nCOPY . .\n\nLABEL app=\${{ values.name }}\nUSER node\n${extra}`,
  '{% if values.flag %}flags.json{% endif %}': '{}\n',
  '.github/workflows/ci.yml': `on: push\njobs:\n  build:\n    steps: [{ run: make }]\n${extra}`,
});

const old = render('1.9.0', skeleton(''));
const next = render('1.10.0', skeleton('# new in 1.10.0\n'));

const ours: SourceFile[] = [
  ...old.rendered.map(file =>
    file.path === 'Dockerfile'
      ? {
          ...file,
          content: new TextEncoder().encode(
            'FROM node:22\nRUN apk add --no-cache tini\nWORKDIR /app\nCOPY . .\n\nLABEL app=pay\nUSER node\n',
          ),
        }
      : file,
  ),
  ...tree({ 'src/business.ts': 'export const answer = 42;\n' }),
];

describe('an update where the incumbent destroys', () => {
  let merger: GitTreeMerger;
  let planned: PlannedUpdate;
  let after: Record<string, string>;

  beforeAll(async () => {
    merger = await GitTreeMerger.create();
    const common = {
      source: { type: 'file' as const, url: 'file:///t', commit: null },
      inputDigest: digestOf(new Uint8Array()),
      values,
    };
    planned = await planUpdate({
      layer: buildLayer({
        ...old,
        ...common,
        id: 'service',
        entityRef: 'template:default/service',
        applied: APPLIED,
      }),
      base: old.rendered,
      ours,
      target: { ...next, ...common },
      waivers: [],
      ownership: {},
      applied: APPLIED,
      merger,
    });
    after = written(applied(ours, planned));
  });
  afterAll(() => merger.close());

  it('deletes nothing that only the service has', () => {
    expect(after['src/business.ts']).toBe('export const answer = 42;\n');
    expect(planned.changes.filter(({ content }) => !content)).toEqual([]);
  });

  it('writes no template syntax', () => {
    expect(after['README.md']).toBe('# pay\n\nA service.\n# new in 1.10.0\n');
    expect(Object.values(after).join('')).not.toMatch(/\{\{|\{%/);
  });

  it('keeps the line the service put into its Dockerfile', () => {
    expect(after.Dockerfile).toBe(
      'FROM node:22\nRUN apk add --no-cache tini\nWORKDIR /app\nCOPY . .\n\nLABEL app=pay\nUSER node\n# new in 1.10.0\n',
    );
  });

  it('makes no file whose condition does not hold', () => {
    expect(Object.keys(after).sort()).toEqual([
      '.github/workflows/ci.yml',
      'Dockerfile',
      'README.md',
      'src/business.ts',
    ]);
  });

  it('goes from 1.9.0 to 1.10.0', () => {
    expect(planned.plan.template).toMatchObject({
      from: '1.9.0',
      to: '1.10.0',
    });
    expect(planned.plan.empty).toBe(false);
    expect(planned.plan.counts).toMatchObject({
      outdated: 2,
      'edited+outdated': 1,
    });
    expect(planned.layer.template.version).toBe('1.10.0');
    expect(planned.layer.history).toEqual([
      { from: '1.9.0', to: '1.10.0', ...APPLIED },
    ]);
  });
});
