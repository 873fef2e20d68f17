import fc from 'fast-check';
import { compareLayer } from '../drift';
import { LOCK_FILE, type TemplateManifest } from '../model';
import type { RepositoryFile } from '../repository';
import { digestOf, layerDigest, type SourceFile } from '../render';
import { adoptionLayer } from './adoptionLayer';
import { planAdoption } from './planAdoption';

const now = new Date('2026-11-21T00:00:00Z');
const PATHS = [
  '.github/CODEOWNERS',
  '.github/workflows/ci.yml',
  '.github/workflows/tests.yaml',
  'AGENTS.md',
  'CODEOWNERS',
  'Docs/index.md',
  'README.md',
  'agents.md',
  'catalog-info.yaml',
  'catalog-info.yml',
  'docs',
  'docs/index.md',
  'docs/index.rst',
  'docs/runbook.md',
  'docs/runbooks/a.md',
  'docs/x/y.md',
  'docs/x',
  'mkdocs.yml',
  'readme.rst',
  'renovate.json',
  '.github/dependabot.yml',
];
const TEXTS = [
  '',
  'one\n',
  'two\r\n',
  'on: pull_request\njobs: { a: { steps: [{ run: pytest }] } }\n',
];

/** No path is another's folder, as in any repository. */
function isTree(files: { path: string }[]): boolean {
  return files.every(({ path }) =>
    files.every(other => !other.path.startsWith(`${path}/`)),
  );
}

const files = fc
  .uniqueArray(
    fc.record({
      path: fc.constantFrom(...PATHS),
      mode: fc.constantFrom('100644' as const, '100755' as const),
      content: fc
        .constantFrom(...TEXTS)
        .map(text => new TextEncoder().encode(text)),
    }),
    { selector: ({ path }) => path },
  )
  .filter(isTree);

const asRepository = (list: readonly SourceFile[]): RepositoryFile[] =>
  list.map(file => ({
    ...file,
    size: file.content.length,
    sha256: digestOf(file.content),
  }));

const manifest: TemplateManifest = {
  schemaVersion: 1,
  version: '1.0.0',
  skeleton: './skeleton',
  variants: [],
  defaults: {},
  migrations: [],
  copyWithoutTemplating: [],
  classes: { managed: ['**'], merged: [], seeded: [], excluded: [] },
};

function adopt(existing: readonly SourceFile[], rendered: SourceFile[]) {
  const repository = asRepository(existing);
  const plan = planAdoption({ existing: repository, rendered, now });
  const layer = adoptionLayer({
    id: 'adopted',
    entityRef: 'template:default/adopt',
    source: { type: 'file', url: 'file:///t', commit: null },
    manifest,
    inputDigest: digestOf(new Uint8Array()),
    values: {},
    plan,
    existing: repository,
    applied: { at: '2026-11-21T00:00:00Z', via: 'test' },
  });
  return { plan, layer };
}

describe('an adoption', () => {
  it('changes no byte and no mode, and takes no place twice', () => {
    fc.assert(
      fc.property(files, files, (existing, rendered) => {
        const { plan } = adopt(existing, rendered);
        const result = [...existing, ...plan.added];
        const lower = result.map(({ path }) => path.toLowerCase());
        const cased = existing.map(({ path }) => path.toLowerCase());
        // What the repository itself holds twice in different case is not ours
        expect(new Set(lower).size - new Set(cased).size).toBe(
          new Set(plan.added.map(({ path }) => path.toLowerCase())).size,
        );
        expect(isTree(result)).toBe(true);
        expect(
          [...plan.added, ...plan.kept].map(({ path }) => path).sort(),
        ).toEqual(rendered.map(({ path }) => path).sort());
      }),
      { numRuns: 300 },
    );
  });

  it('adds nothing the second time', () => {
    fc.assert(
      fc.property(files, files, (existing, rendered) => {
        const { plan } = adopt(existing, rendered);
        const again = adopt([...existing, ...plan.added], rendered);
        expect(again.plan.added).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('starts without drift, whatever the repository had', () => {
    fc.assert(
      fc.property(files, files, (existing, rendered) => {
        const { plan, layer } = adopt(existing, rendered);
        const digests = (list: readonly SourceFile[]) =>
          new Map(list.map(file => [file.path, digestOf(file.content)]));
        const report = compareLayer({
          layer,
          ours: digests([...existing, ...plan.added]),
          theirs: digests(rendered),
          newestVersion: '1.0.0',
          newestClasses: manifest.classes,
          waivers: [],
          ownership: {},
          now,
        });
        expect(report.files.filter(({ drifted }) => drifted)).toEqual([]);
        expect(layer.rendered.digest).toBe(layerDigest(layer.rendered.files));
        expect(layer.rendered.files).not.toHaveProperty([LOCK_FILE]);
        for (const { path } of plan.added) {
          expect(layer.rendered.files[path].class).toBe('managed');
        }
      }),
      { numRuns: 200 },
    );
  });
});
