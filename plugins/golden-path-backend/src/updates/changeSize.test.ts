import { FileChange } from '@goldenpath/engine';
import { tooLarge } from './changeSize';

const file = (path: string, bytes = 1): FileChange => ({
  path,
  mode: '100644',
  content: new Uint8Array(bytes),
});

it('takes 2,000 files and refuses one more', () => {
  const files = Array.from({ length: 2000 }, (_, n) => file(`f${n}`));
  expect(tooLarge(files)).toBeUndefined();
  expect(tooLarge([...files, file('more')])).toContain('2001 files');
});

it('refuses more than 50 MB, and does not count deletions', () => {
  const deleted: FileChange = { ...file('gone'), content: null };
  expect(tooLarge([deleted, file('large', 50_000_000)])).toBeUndefined();
  expect(tooLarge([file('a', 1), file('large', 50_000_000)])).toContain(
    '50000001 bytes',
  );
});
