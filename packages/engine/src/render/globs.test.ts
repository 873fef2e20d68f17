import picomatch from 'picomatch';
import { serviceFileSchema } from '../model';
import { globProblem, readGlob } from './globPattern';
import { globMatcher } from './globs';

const PATHS = [
  ...[
    'a',
    'b',
    'ab',
    'abc',
    '.a',
    'a.ts',
    'b.ts',
    'a.b.ts',
    'README.md',
    'a-b',
  ],
  ...[
    'a/b',
    'a/b/c',
    'a/.b/c.ts',
    'src/a.ts',
    'src/x/y/a.ts',
    '.github/ci.yml',
  ],
  ...[
    '.github/workflows/ci.yml',
    'docs/a/b/c/d.md',
    'x*y',
    'x[y',
    'c++',
    'ü.md',
  ],
];

const GLOBS = [
  ...['a', '*', '**', '**/*', 'a*', '*b', 'a*c', '*.ts', '**/*.ts', 'a/**'],
  ...[
    'a/**/c',
    '**/a.ts',
    'src/**/*.ts',
    'src/*/a.ts',
    '?',
    'a?',
    '.?',
    '[ab]',
  ],
  ...['[^a]*', '[a-c]?', 'a[.-]*', '{a,b}', '*.{ts,md}', '{a,src}/**'],
  ...[
    '{a,b{c,d}}',
    'a{,b}',
    '**/{b,y}/**',
    'x\\*y',
    'x\\[y',
    'c++',
    '**/**/a.ts',
  ],
  ...['a**', '**b', 'docs/**/c/**', '*/*', '*/**/*', '.github', '***', 'ü.*'],
];

describe('globMatcher', () => {
  it.each(GLOBS)('matches what picomatch does with %j', glob => {
    const pattern = readGlob(glob);
    const wanted = picomatch(glob, { dot: true, windows: false });
    expect(globProblem(glob)).toBeUndefined();
    expect(PATHS.filter(path => pattern?.(path.split('/')))).toEqual(
      PATHS.filter(path => wanted(path)),
    );
  });

  it('takes what is below a folder, and leaves out what a ! names', () => {
    const matches = globMatcher(['./src/', '!src/*.ts']);
    expect(PATHS.filter(matches)).toEqual(['src/x/y/a.ts']);
    expect(PATHS.filter(globMatcher(['', '!', './']))).toEqual([]);
  });

  it('takes a ! in brackets for what the shell does', () => {
    expect(PATHS.filter(globMatcher(['[!a]', '![!bB]']))).toEqual(['b']);
  });

  it('lets templates use what needs an expression', () => {
    expect(PATHS.filter(globMatcher(['@(a|b).ts']))).toEqual(['a.ts', 'b.ts']);
  });

  it('matches in bounded time what would take an expression for ever', () => {
    const name = 'a'.repeat(250);
    const folders = 'a/'.repeat(2000);
    const stars = '*a'.repeat(100);
    expect(globMatcher([`${stars}b`])(name)).toBe(false);
    expect(globMatcher([`${'**/a/'.repeat(40)}b`])(`${folders}a`)).toBe(false);
    expect(globMatcher([`${'{a,aa}'.repeat(5)}b`])(name)).toBe(false);
  });

  it.each([
    '',
    '!',
    '*(*(*(a)))b',
    '+(a|aa)+b',
    '(a|b)',
    '[[:alpha:]]',
    '{a,b}'.repeat(7),
    '{'.repeat(200),
    '{a',
    'a}',
    '[a',
    '\\',
    'a'.repeat(301),
  ])('is not given %j by a service', glob => {
    expect(globProblem(glob)).toMatch(/^A glob (is made of|has at most)/);
    const read = (file: object) => serviceFileSchema.safeParse(file);
    expect(read({ ownership: { [glob]: 'seeded' } })).toMatchObject({
      success: false,
    });
    const waiver = { reason: 'r', owner: 'o', expires: '2027-01-01' };
    const waivers = [{ ...waiver, path: glob }];
    expect(read({ waivers })).toMatchObject({ success: false });
    expect(read({ waivers: [{ ...waiver, path: 'docs/**' }] })).toMatchObject({
      success: true,
    });
  });

  it('is not given more than 500 globs by a service', () => {
    const ownership = Object.fromEntries(
      Array.from({ length: 501 }, (_, index) => [`f${index}`, 'seeded']),
    );
    const read = serviceFileSchema.safeParse({ ownership });
    expect(read.error?.issues[0].message).toBe(
      "'ownership' has at most 500 entries",
    );
  });
});
