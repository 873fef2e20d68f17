import picomatch from 'picomatch';

const OPTIONS = { dot: true, windows: false } as const;

/**
 * Makes a test of paths against globs. A glob that names a folder takes everything below it, `*` takes dotfiles, a
 * leading `./` is ignored, and globs that start with `!` take paths out again, whatever their position.
 */
export function globMatcher(
  globs: readonly string[],
): (path: string) => boolean {
  const positive: string[] = [];
  const negative: string[] = [];
  for (const glob of globs) {
    const list = glob.startsWith('!') ? negative : positive;
    const bare = glob.replace(/^!/, '').replace(/^\.\//, '').replace(/\/$/, '');
    list.push(bare, `${bare}/**`);
  }
  const takes = positive.length ? picomatch(positive, OPTIONS) : () => false;
  const drops = negative.length ? picomatch(negative, OPTIONS) : () => false;
  return path => takes(path) && !drops(path);
}
