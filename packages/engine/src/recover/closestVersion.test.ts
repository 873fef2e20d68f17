import { templateManifestSchema } from '../model';
import { digestOf, digestsByPath, type SourceFile } from '../render';
import { closestVersion } from './closestVersion';
import { recoveredLayer } from './recoveredLayer';

const bytes = (text: string) => new TextEncoder().encode(text);
const digest = (text: string) => digestOf(bytes(text));
const files = (texts: Record<string, string>) =>
  new Map(Object.entries(texts).map(([path, text]) => [path, digest(text)]));

const SHARED = { a: 'A', b: 'B', c: 'C', empty: '' };
const template = 'template:default/node';
const versions = [
  { template, version: '1.9.0', files: files({ ...SHARED, d: 'd1', e: 'e1' }) },
  {
    template,
    version: '1.10.0',
    files: files({ ...SHARED, d: 'd2', e: 'e1' }),
  },
  { template, version: '1.2.0', files: files({ ...SHARED, d: 'd0', e: 'e0' }) },
];

describe('closestVersion', () => {
  it.each([
    ['the one that tells most', { ...SHARED, d: 'd1', e: 'e1' }, '1.9.0'],
    ['the newest of equals', { ...SHARED, d: 'mine', e: 'e1' }, '1.10.0'],
    ['the newest where no file tells', { ...SHARED }, '1.10.0'],
    ['older where its file is there', { ...SHARED, d: 'd0' }, '1.2.0'],
  ])('finds %s', (_, ours, version) => {
    const found = closestVersion({ ours: files(ours), candidates: versions });
    expect(found?.candidate.version).toBe(version);
  });

  it('says how many files are equal, empty ones aside', () => {
    expect(
      closestVersion({
        ours: files({ ...SHARED, d: 'd1', e: 'mine' }),
        candidates: versions,
      }),
    ).toMatchObject({ equalFiles: 4, files: 5, share: 0.8 });
  });

  it.each([
    ['fewer than three files are equal', { a: 'A', b: 'B', empty: '' }],
    ['nothing is equal', { a: 'x', z: 'y' }],
  ])('says nothing when %s', (_, ours) => {
    expect(
      closestVersion({ ours: files(ours), candidates: versions }),
    ).toBeUndefined();
  });

  it('is content with one file where the template is known anyway', () => {
    const ask = (ours: Record<string, string>) =>
      closestVersion({
        ours: files(ours),
        candidates: versions,
        templateKnown: true,
      });
    expect(ask({ d: 'd1' })?.candidate.version).toBe('1.9.0');
    expect(ask({ z: 'y' })).toBeUndefined();
  });

  it('says nothing when less than 30 % of the files are equal', () => {
    const many = Object.fromEntries(
      Array.from({ length: 11 }, (_, i) => [`f${i}`, `text ${i}`]),
    );
    const candidates = [{ template, version: '1.0.0', files: files(many) }];
    const ours = (count: number) =>
      files(Object.fromEntries(Object.entries(many).slice(0, count)));
    expect(closestVersion({ ours: ours(3), candidates })).toBeUndefined();
    expect(closestVersion({ ours: ours(4), candidates })).toBeDefined();
  });

  it('does not depend on the order of candidates', () => {
    const ours = files({ ...SHARED, d: 'mine', e: 'e1' });
    expect(
      closestVersion({ ours, candidates: [...versions].reverse() }),
    ).toEqual(closestVersion({ ours, candidates: versions }));
  });
});

describe('recoveredLayer', () => {
  it('has the rendering’s entries, and what the service lacks as absent', () => {
    const rendered: SourceFile[] = ['z', 'b', 'a'].map(path => ({
      path,
      mode: '100644',
      content: bytes(path),
    }));
    const layer = recoveredLayer({
      id: 'service',
      entityRef: template,
      source: { type: 'file', url: 'file:///t', commit: null },
      manifest: templateManifestSchema.parse({
        schemaVersion: 1,
        version: '1.0.0',
      }),
      inputDigest: digest(''),
      values: {},
      rendered,
      ours: files({ b: 'mine' }),
      applied: { at: '2026-11-22T00:00:00Z', via: 'recovery' },
    });
    expect(
      Object.entries(layer.rendered.files).map(([path, { sha256 }]) => [
        path,
        sha256,
      ]),
    ).toEqual([...digestsByPath(rendered)]);
    expect(layer.rendered.absent).toEqual(['a', 'z']);
  });
});
