import picomatch from 'picomatch';
import { type GlobPattern, readGlob } from './globPattern';

const OPTIONS = { dot: true, windows: false } as const;

/**
 * Makes a test of paths against globs. A glob that names a folder takes everything below it, `*` takes dotfiles, a
 * leading `./` is ignored, and globs that start with `!` take paths out again, whatever their position.
 *
 * @remarks
 * What services may write is matched without an expression, so that no glob takes long on any path. Templates may also
 * use what only an expression can match.
 */
export function globMatcher(
  globs: readonly string[],
): (path: string) => boolean {
  const positive: GlobPattern[] = [];
  const negative: GlobPattern[] = [];
  for (const glob of globs) {
    const list = glob.startsWith('!') ? negative : positive;
    const bare = glob.replace(/^!/, '').replace(/^\.\//, '').replace(/\/$/, '');
    if (bare !== '') {
      list.push(
        ...[bare, `${bare}/**`].map(one => readGlob(one) ?? expressionOf(one)),
      );
    }
  }
  return path => {
    const segments = path.split('/');
    const isTaken = (matches: GlobPattern) => matches(segments);
    return positive.some(isTaken) && !negative.some(isTaken);
  };
}

function expressionOf(glob: string): GlobPattern {
  const matches = picomatch(glob, OPTIONS);
  return segments => matches(segments.join('/'));
}
