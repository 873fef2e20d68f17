import type { Facts } from '../model';
import { resultOf } from './__fixtures__/scoring';

type Data = Facts[string]['data'];

const action = (uses: string, pinned: boolean, line: number) => ({
  uses,
  pinned,
  file: '.github/workflows/ci.yml',
  line,
});

const ACTIONS = [
  action('actions/checkout@v4', false, 12),
  action('actions/setup-node@8f152de', true, 13),
  action('docker/login-action@v3', false, 20),
];

function evidenceOf(pass: string, repository: Data) {
  return resultOf({ pass }, repository).evidence;
}

function textsOf(pass: string, repository: Data) {
  return evidenceOf(pass, repository).map(
    ({ fact, text }) => `${fact}: ${text}`,
  );
}

function countsOf(pass: string, repository: Data) {
  return resultOf({ pass, message: '{{ count }} of {{total}}' }, repository)
    .message;
}

describe('elements of lists', () => {
  it('gives those that break an all, with their place', () => {
    expect(
      evidenceOf('repository.actions.all(a, a.pinned)', { actions: ACTIONS }),
    ).toEqual([
      {
        fact: 'repository.actions',
        value: ACTIONS[0],
        file: '.github/workflows/ci.yml',
        line: 12,
        text: 'actions/checkout@v4',
      },
      {
        fact: 'repository.actions',
        value: ACTIONS[2],
        file: '.github/workflows/ci.yml',
        line: 20,
        text: 'docker/login-action@v3',
      },
    ]);
  });

  const workflows = [
    {
      path: '.github/workflows/ci.yml',
      uses: [
        { name: 'a', ok: true, line: 2 },
        { name: 'b', ok: false, line: 3 },
      ],
    },
    { path: '.github/workflows/cd.yml', uses: [{ name: 'c', ok: true }] },
  ];

  it.each<[string, Data, string[], string]>([
    [
      '!repository.actions.exists(a, !a.pinned)',
      { actions: ACTIONS },
      [
        'repository.actions: actions/checkout@v4',
        'repository.actions: docker/login-action@v3',
      ],
      '2 of 3',
    ],
    [
      '!(repository.actions.exists(a, !a.pinned) || repository.off)',
      { actions: ACTIONS, off: false },
      [
        'repository.actions: actions/checkout@v4',
        'repository.actions: docker/login-action@v3',
      ],
      '2 of 3',
    ],
    [
      'repository.workflows.all(w, w.uses.all(u, u.ok))',
      { workflows },
      ['repository.workflows[0].uses: b'],
      '1 of 3',
    ],
    [
      'repository.workflows.all(w, has(w.on) && w.uses.all(u, u.ok))',
      { workflows: [workflows[1]] },
      ['repository.workflows: .github/workflows/cd.yml'],
      '1 of 2',
    ],
    [
      "repository.workflows.all(w, w.uses.exists(u, u.name == 'c'))",
      { workflows },
      ['repository.workflows: .github/workflows/ci.yml'],
      '1 of 2',
    ],
    [
      'repository.actions.size() > 0 && repository.actions.all(a, a.pinned)',
      { actions: ACTIONS },
      [
        'repository.actions: actions/checkout@v4',
        'repository.actions: docker/login-action@v3',
      ],
      '2 of 3',
    ],
    [
      'repository.actions.filter(a, !a.pinned).size() == 0',
      { actions: ACTIONS },
      [
        'repository.actions: actions/checkout@v4',
        'repository.actions: docker/login-action@v3',
      ],
      '2 of 3',
    ],
    [
      '1 >= size(repository.actions.filter(a, !a.pinned))',
      { actions: ACTIONS },
      [
        'repository.actions: actions/checkout@v4',
        'repository.actions: docker/login-action@v3',
      ],
      '2 of 3',
    ],
    [
      'repository.actions.filter(a, a.pinned).size() == repository.actions.size()',
      { actions: ACTIONS },
      [
        'repository.actions: actions/checkout@v4',
        'repository.actions: docker/login-action@v3',
      ],
      '2 of 3',
    ],
    [
      'repository.actions.filter(a, a.line > 12.0).all(a, a.pinned)',
      { actions: ACTIONS },
      ['repository.actions: docker/login-action@v3'],
      '1 of 2',
    ],
    [
      'repository.names.all(n, n.startsWith("x"))',
      { names: ['xa', 'b'] },
      ['repository.names: b'],
      '1 of 2',
    ],
    [
      'repository.labels.all(k, k != "b")',
      { labels: { a: 1, b: 2 } },
      ['repository.labels: b'],
      '1 of 2',
    ],
    [
      'repository.names.exists_one(n, n != "x")',
      { names: ['x', 'a', 'b'] },
      ['repository.names: a', 'repository.names: b'],
      '2 of 3',
    ],
  ])('%s', (pass, data, texts, counts) => {
    expect(textsOf(pass, data)).toEqual(texts);
    expect(countsOf(pass, data)).toBe(counts);
  });

  it('takes the file of an element from the one around it', () => {
    expect(
      evidenceOf('repository.workflows.all(w, w.uses.all(u, u.ok))', {
        workflows,
      }),
    ).toEqual([
      expect.objectContaining({ file: '.github/workflows/ci.yml', line: 3 }),
    ]);
  });

  it('counts only what was asked about when a part of an element cannot be read', () => {
    const data = { actions: [{ uses: 'x' }, ...ACTIONS] };
    expect(countsOf('repository.actions.all(a, a.pinned)', data)).toBe(
      '2 of 4',
    );
  });
});

describe('values', () => {
  it.each<[string, Data, string[], string]>([
    [
      'repository.branch == "main"',
      { branch: 'dev' },
      ['repository.branch: dev'],
      '1 of 1',
    ],
    [
      'repository.a > repository.b',
      { a: 1, b: 2 },
      ['repository.a: 1', 'repository.b: 2'],
      '1 of 1',
    ],
    ['has(repository.licence)', {}, ['repository.licence: absent'], '1 of 1'],
    [
      '!has(repository.licence)',
      { licence: 'MIT' },
      ['repository.licence: present'],
      '1 of 1',
    ],
    [
      'has(repository.a) && has(repository.b) && has(repository.c)',
      { b: 1 },
      ['repository.a: absent', 'repository.c: absent'],
      '2 of 3',
    ],
    [
      'repository.a || repository.b',
      { a: false, b: false },
      ['repository.a: false', 'repository.b: false'],
      '2 of 2',
    ],
    [
      'size(repository.files) > 0',
      { files: [] },
      ['repository.files: []'],
      '1 of 1',
    ],
    [
      'repository.files.exists(f, f == "a")',
      { files: ['b'] },
      ['repository.files: none of 1 matches'],
      '1 of 1',
    ],
    [
      'repository.files.exists_one(f, f == "a")',
      { files: ['b'] },
      ['repository.files: none of 1 matches'],
      '1 of 1',
    ],
    [
      '!repository.files.all(f, f == "b")',
      { files: ['b'] },
      ['repository.files: all 1 match'],
      '1 of 1',
    ],
    [
      'repository.on ? repository.a : repository.b',
      { on: true, a: false, b: true },
      ['repository.a: false'],
      '1 of 1',
    ],
    [
      'repository["x-y"].z == 1',
      { 'x-y': { z: 2 } },
      ['repository["x-y"].z: 2'],
      '1 of 1',
    ],
    [
      'repository.files[0] == "a"',
      { files: ['b'] },
      ['repository.files[0]: b'],
      '1 of 1',
    ],
    [
      '"a" in repository.files.map(f, f + "x")',
      { files: ['b'] },
      ['repository.files: ["b"]'],
      '1 of 1',
    ],
    [
      '!(repository.a && repository.b) && repository.c',
      { a: false, b: true, c: false },
      ['repository.c: false'],
      '1 of 2',
    ],
    [
      '!(repository.a || repository.b)',
      { a: true, b: false },
      ['repository.a: true'],
      '1 of 2',
    ],
    ['1 > 2', {}, [], '? of ?'],
  ])('%s', (pass, data, texts, counts) => {
    expect(textsOf(pass, data)).toEqual(texts);
    expect(countsOf(pass, data)).toBe(counts);
  });

  it('names what a passing check rests on, in at most five entries', () => {
    expect(
      textsOf('repository.a && repository.files.all(f, f > 0)', {
        a: true,
        files: [1, 2],
      }),
    ).toEqual(['repository.a: true', 'repository.files: [1,2]']);
    const fields = ['a', 'b', 'c', 'd', 'e', 'g'];
    expect(
      evidenceOf(
        fields.map(field => `repository.${field}`).join(' && '),
        Object.fromEntries(fields.map(field => [field, true])),
      ),
    ).toHaveLength(5);
  });
});

describe('part credit', () => {
  const share =
    'double(repository.actions.filter(a, a.pinned).size()) / double(repository.actions.size())';

  it('gives the elements a share leaves out', () => {
    const result = resultOf(
      { pass: share, message: '{{ count }} of {{ total }} float' },
      { actions: ACTIONS },
    );
    expect(result.credit).toBeCloseTo(1 / 3);
    expect(result.message).toBe('2 of 3 float');
    expect(result.evidence.map(({ text }) => text)).toEqual([
      'actions/checkout@v4',
      'docker/login-action@v3',
    ]);
  });

  it('gives those that are taken off when the share is of what is wrong', () => {
    expect(
      textsOf(
        '1.0 - double(repository.actions.filter(a, !a.pinned).size()) / double(repository.actions.size())',
        { actions: ACTIONS },
      ),
    ).toEqual([
      'repository.actions: actions/checkout@v4',
      'repository.actions: docker/login-action@v3',
    ]);
  });

  it('gives the values a number was computed from otherwise', () => {
    expect(textsOf('repository.covered / 100.0', { covered: 62 })).toEqual([
      'repository.covered: 62',
    ]);
  });
});
