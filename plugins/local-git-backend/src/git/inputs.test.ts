import { repositoryFolder } from './repositoryFolder';
import { parseRevision } from './revision';
import { parseTreePath } from './treePath';

describe('parseRevision', () => {
  it.each(['main', 'feature/x', 'v1.2.3', 'HEAD', 'a-b_c', 'naïve', '0a1b2c3'])(
    'takes %s',
    ref => {
      expect(parseRevision(ref)).toBe(ref);
    },
  );

  it.each([
    '',
    '-x',
    '--output=/tmp/x',
    'main~1',
    'main^{tree}',
    'main:README.md',
    ':/message',
    'a..b',
    'main@{1}',
    '@',
    'a b',
    'a\nb',
    'a\0b',
    'a\u007fb',
    'a*',
    'a\\b',
    '/a',
    'a/',
    'a//b',
    'a/.b',
    '.a',
    'a.lock',
    'a.lock/b',
    'a.',
    'a'.repeat(256),
  ])('refuses %j', ref => {
    expect(() => parseRevision(ref)).toThrow(
      expect.objectContaining({ name: 'InputError' }),
    );
  });
});

describe('parseTreePath', () => {
  it('drops slashes around it', () => {
    expect(parseTreePath('/docs/a b/:(glob)**/')).toBe('docs/a b/:(glob)**');
    expect(parseTreePath('/')).toBe('');
  });

  it.each(['..', 'a/../b', './a', 'a/./b', 'a//b', 'a\0b', 'a'.repeat(5000)])(
    'refuses %j',
    path => {
      expect(() => parseTreePath(path)).toThrow(
        expect.objectContaining({ name: 'InputError' }),
      );
    },
  );
});

describe('repositoryFolder', () => {
  it('is inside its folder', () => {
    const directory = '/repositories';
    expect(repositoryFolder({ directory, name: 'a-1' }).gitDir).toBe(
      '/repositories/a-1.git',
    );
  });

  it.each(['', '..', '../a', 'a/b', 'A', '-a', 'a-', 'a.git', 'a\n', 'ä'])(
    'is not made for the name %j',
    name => {
      expect(() =>
        repositoryFolder({ directory: '/repositories', name }),
      ).toThrow(expect.objectContaining({ name: 'InputError' }));
    },
  );
});
