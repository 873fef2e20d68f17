import { asFiles } from './__fixtures__/goodRepository';
import { MAX_FILE_BYTES, openRepository } from './repositoryFile';

const [base] = asFiles({ 'a.txt': 'text' });

describe('openRepository', () => {
  it('reads text and tells absent from unreadable', () => {
    const repository = openRepository([
      base,
      { ...base, path: 'gone', content: undefined },
      { ...base, path: 'binary', content: new Uint8Array([0xff, 0xfe]) },
      { ...base, path: 'nul', content: new Uint8Array([97, 0]) },
      { ...base, path: 'big', content: new Uint8Array(MAX_FILE_BYTES + 1) },
    ]);
    expect(repository.read('a.txt')).toEqual({ text: 'text' });
    expect(repository.read('nowhere')).toBe('absent');
    for (const path of ['gone', 'binary', 'nul', 'big']) {
      expect(repository.read(path)).toBe('unreadable');
    }
    expect(repository.problems.map(p => p.file)).toEqual([
      'gone',
      'binary',
      'nul',
      'big',
    ]);
  });

  it('follows symbolic links inside of the repository only', () => {
    const link = (path: string, target: string) => ({
      ...base,
      path,
      mode: '120000' as const,
      content: new TextEncoder().encode(target),
    });
    const repository = openRepository([
      base,
      link('docs/link.md', '../a.txt'),
      link('out', '../../etc/passwd'),
      link('root', '/etc/passwd'),
      link('x', 'y'),
      link('y', 'x'),
    ]);
    expect(repository.read('docs/link.md')).toEqual({ text: 'text' });
    for (const path of ['out', 'root', 'x']) {
      expect(repository.read(path)).toBe('unreadable');
    }
  });

  it('leaves out paths that are none', () => {
    const paths = ['/abs', '../up', 'a/../b', 'a//b', '', './a'];
    const repository = openRepository(paths.map(path => ({ ...base, path })));
    expect(repository.paths).toEqual([]);
    expect(repository.problems).toHaveLength(paths.length);
  });

  it('takes names of the prototype as plain names', () => {
    const repository = openRepository([{ ...base, path: '__proto__' }]);
    expect(repository.paths).toEqual(['__proto__']);
    expect(repository.has('constructor')).toBe(false);
  });
});
