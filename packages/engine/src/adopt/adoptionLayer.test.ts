import { compareLayer } from '../drift';
import type { Layer } from '../model';
import { digestOf } from '../render';
import { adoptionLayer } from './adoptionLayer';
import { planAdoption } from './planAdoption';
import { repository, sources } from './__fixtures__/files';

const now = new Date('2026-11-21T00:00:00Z');

function adopt(options: {
  existing: Record<string, string>;
  rendered: Record<string, string>;
  previous?: Layer;
  version?: string;
}) {
  const existing = repository(options.existing);
  const plan = planAdoption({
    existing,
    rendered: sources(options.rendered),
    now,
  });
  return adoptionLayer({
    id: 'adopted',
    entityRef: 'template:default/adopt',
    source: { type: 'file', url: 'file:///t', commit: null },
    manifest: {
      schemaVersion: 1,
      version: options.version ?? '1.0.0',
      skeleton: './skeleton',
      variants: [],
      defaults: {},
      migrations: [],
      copyWithoutTemplating: [],
      classes: { managed: ['*.md'], merged: [], seeded: [], excluded: [] },
    },
    inputDigest: digestOf(new Uint8Array()),
    values: {},
    plan,
    existing,
    applied: { at: '2026-11-21T00:00:00Z', via: 'test' },
    previous: options.previous,
  });
}

const classes = ({ rendered }: Layer) =>
  Object.fromEntries(
    Object.entries(rendered.files).map(([path, file]) => [path, file.class]),
  );

describe('adoptionLayer', () => {
  const rendered = {
    'AGENTS.md': 'theirs',
    'SECURITY.md': 'theirs',
    '.github/CODEOWNERS': 'theirs',
  };

  it('gives the repository what it had, and remembers what it did not need', () => {
    const layer = adopt({
      existing: { 'AGENTS.md': 'ours', CODEOWNERS: 'ours' },
      rendered,
    });
    expect(classes(layer)).toEqual({
      'AGENTS.md': 'seeded',
      'SECURITY.md': 'managed',
    });
    expect(layer.rendered.files['AGENTS.md'].sha256).toBe(
      digestOf(new TextEncoder().encode('ours')),
    );
    expect(layer.rendered.absent).toEqual(['.github/CODEOWNERS']);
  });

  it('keeps what an earlier adoption recorded, so that edits since then show', () => {
    const first = adopt({ existing: { CODEOWNERS: '' }, rendered });
    const second = adopt({
      existing: { 'AGENTS.md': 'edited', 'SECURITY.md': 'theirs' },
      rendered: { ...rendered, 'b.md': 'new' },
      previous: first,
      version: '1.1.0',
    });
    expect(classes(second)).toEqual({
      '.github/CODEOWNERS': 'merged',
      'AGENTS.md': 'managed',
      'SECURITY.md': 'managed',
      'b.md': 'managed',
    });
    expect(second.history).toMatchObject([{ from: '1.0.0', to: '1.1.0' }]);
    const report = compareLayer({
      layer: second,
      ours: new Map([
        ['AGENTS.md', digestOf(new TextEncoder().encode('edited'))],
      ]),
      theirs: undefined,
      newestVersion: null,
      waivers: [],
      ownership: {},
      now,
    });
    expect(report.files.find(({ path }) => path === 'AGENTS.md')).toMatchObject(
      { status: 'edited', drifted: true },
    );
  });
});
