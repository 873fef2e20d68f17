import { byFolder, previewFiles } from './previewFiles';

const base64 = (content: string | number[]) =>
  Buffer.from(content as string).toString('base64');

describe('previewFiles', () => {
  it('reads text, and says of anything else that it is none', () => {
    expect(
      previewFiles([
        { path: 'a', base64Content: base64('grüezi\n'), executable: true },
        { path: 'b', base64Content: base64([0xff, 0xfe]) },
        { path: 'c', base64Content: base64([65, 0]) },
        { path: 'd', base64Content: '' },
      ]),
    ).toEqual([
      { path: 'a', executable: true, size: 8, text: 'grüezi\n' },
      { path: 'b', executable: false, size: 2 },
      { path: 'c', executable: false, size: 2 },
      { path: 'd', executable: false, size: 0, text: '' },
    ]);
  });
});

describe('byFolder', () => {
  const files = previewFiles(
    ['src/b.ts', 'README.md', 'src/a.ts', '.github/workflows/ci.yml'].map(
      path => ({ path, base64Content: '' }),
    ),
  );
  const names = (search?: string) =>
    byFolder(files, search).map(folder => [
      folder.path,
      ...folder.files.map(file => file.path),
    ]);

  it('starts with the root and sorts', () => {
    expect(names()).toEqual([
      ['', 'README.md'],
      ['.github/workflows', '.github/workflows/ci.yml'],
      ['src', 'src/a.ts', 'src/b.ts'],
    ]);
  });

  it('finds by any part of the path, whatever its case', () => {
    expect(names('readme')).toEqual([['', 'README.md']]);
    expect(names('SRC/A')).toEqual([['src', 'src/a.ts']]);
    expect(names('nothing')).toEqual([]);
  });
});
