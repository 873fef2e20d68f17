import { asFiles, goodTexts, lockFor } from './__fixtures__/goodRepository';
import { openRepository } from './repositoryFile';
import { describeGoldenPathFiles } from './goldenPathFiles';

const now = new Date('2026-11-21T12:00:00Z');

function describeWith(edits: Record<string, string>) {
  const texts = goodTexts();
  const repository = openRepository(
    asFiles({ ...texts, '.golden-path.lock.yaml': lockFor(texts), ...edits }),
  );
  const facts = describeGoldenPathFiles(repository, now);
  return { ...facts, problems: repository.problems };
}

const EDITED = { Dockerfile: 'FROM scratch\n' };

function managedWith(service: string) {
  const { lock } = describeWith({ ...EDITED, 'golden-path.yaml': service });
  return lock.managed?.map(f => [f.path, f.status, f.intact]);
}

const CI = ['.github/workflows/ci.yml', 'pristine', true];

describe('golden path files', () => {
  it('give layers, values and the managed files by digest', () => {
    const { lock, serviceFile } = describeWith(EDITED);
    expect(lock).toMatchObject({
      present: true,
      valid: true,
      layers: [
        {
          id: 'service',
          template: 'template:default/node-service',
          version: '1.0.0',
          commit: 'abcdef1',
        },
      ],
    });
    expect(serviceFile.values?.language).toBe('typescript');
    expect(managedWith('schemaVersion: 1')).toEqual([
      CI,
      ['Dockerfile', 'edited', false],
    ]);
  });

  it.each([
    ['2026-11-21', ['Dockerfile', 'waived', true]],
    ['2026-11-20', ['Dockerfile', 'edited', false]],
  ])('hold a waiver of a path through %s', (expires, expected) => {
    expect(
      managedWith(
        `waivers: [{ path: Dockerfile, reason: x, owner: y, expires: ${expires} }]`,
      ),
    ).toEqual([CI, expected]);
  });

  it('leave out files the service has made its own', () => {
    expect(managedWith('ownership: { Dockerfile: seeded }')).toEqual([CI]);
  });

  it('leave an edit open when the waivers cannot be read', () => {
    expect(managedWith('waivers: 1')).toEqual([
      CI,
      ['Dockerfile', 'edited', undefined],
    ]);
  });

  it('name file, line and field of what is not valid', () => {
    const { serviceFile, lock, problems } = describeWith({
      'golden-path.yaml': 'schemaVersion: 1\ntier: 9\n',
      '.golden-path.lock.yaml': 'schemaVersion: 1\nlayers: []\n',
    });
    expect(serviceFile).toMatchObject({ present: true, valid: false });
    expect(serviceFile.problem).toMatch(/^golden-path\.yaml:2 tier: /);
    expect(lock.problem).toMatch(/^\.golden-path\.lock\.yaml:2 layers: /);
    expect(lock).not.toHaveProperty('managed');
    expect(problems.map(p => [p.file, p.line])).toEqual([
      ['golden-path.yaml', 2],
      ['.golden-path.lock.yaml', 2],
    ]);
  });

  it('take a hostile lock for a broken one', () => {
    const { lock } = describeWith({
      '.golden-path.lock.yaml': '['.repeat(9_000),
    });
    expect(lock).toMatchObject({ present: true, valid: false });
  });
});
