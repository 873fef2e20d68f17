import { LOCK_FILE } from '../model';
import type { RepositoryFile } from '../repository';
import { compareText } from '../render/digest';
import { RenderError } from '../render/RenderError';
import type { SourceFile } from '../render/sourceFile';
import { createPipelineFit, isPipeline } from './pipelineFit';
import { createPlaceFinder } from './samePlace';

/** A file of a template that an existing repository does not get. @public */
export interface KeptFile {
  /** As the template renders it. */
  path: string;
  /** What the repository has in its place; `null` where it has nothing and the file would be of no use. */
  inPlace: string | null;
  /** A sentence without its full stop. */
  reason: string;
}

/** What a template adds to an existing repository. @public */
export interface AdoptionPlan {
  /** Files that are new, ordered by path. */
  added: SourceFile[];
  /** Files left out, ordered by path. */
  kept: KeptFile[];
}

const SITE = /^mkdocs\.ya?ml$/i;
const FIRST_PAGE = /^docs\/(index|README)\.md$/;
const RENOVATE_KEY = 'renovate';

/** Renovate may be set up inside of `package.json`. */
function embeddedUpdateBot(existing: readonly RepositoryFile[]): boolean {
  const content = existing.find(({ path }) => path === 'package.json')?.content;
  try {
    return RENOVATE_KEY in JSON.parse(new TextDecoder().decode(content));
  } catch {
    return false;
  }
}

const isUpdateBot = (path: string) =>
  /(^|\/)(dependabot\.ya?ml|renovate\.json5?|\.renovaterc(\.json5?)?)$/.test(
    path,
  );

/**
 * Says which files of a rendered template an existing repository gets: those for which it has nothing yet. No byte and
 * no mode of what is there changes.
 *
 * @remarks
 * A file is left out when the repository has the path (in any case, `.yml` and `.yaml` alike), something else where the
 * path would lie, or a file that does the same in another place: owners in `CODEOWNERS` of another folder, Renovate
 * instead of Dependabot, a security policy in `.github`. A pipeline is left out when the repository tests or scans its
 * changes already, when nobody can tell whether it does, and when its commands would find nothing to work on. The site
 * of the documentation is left out where it would have no first page.
 *
 * @param options.existing - all files of the repository
 * @param options.rendered - from {@link renderTemplate}
 * @param options.now - decides what has expired, as for {@link describeRepository}
 * @throws RenderError when the template renders a lock, which is written for it.
 *
 * @public
 */
export function planAdoption(options: {
  existing: readonly RepositoryFile[];
  rendered: readonly SourceFile[];
  now: Date;
}): AdoptionPlan {
  const { existing, now } = options;
  const rendered = [...options.rendered].sort((a, b) =>
    compareText(a.path, b.path),
  );
  const kept: KeptFile[] = [];
  const placeOf = createPlaceFinder(existing.map(({ path }) => path));
  const hasEmbeddedBot = embeddedUpdateBot(existing);
  let added = rendered.filter(({ path }) => {
    if (path === LOCK_FILE) {
      throw new RenderError({
        file: path,
        message: 'A skeleton cannot hold the lock, which is written for it',
      });
    }
    const place =
      placeOf(path) ??
      (isUpdateBot(path) && hasEmbeddedBot
        ? { path: 'package.json', reason: 'Renovate is set up there' }
        : undefined);
    if (place) {
      kept.push({ path, inPlace: place.path, reason: place.reason });
    }
    return !place;
  });
  const hasFirstPage = [...existing, ...added].some(({ path }) =>
    FIRST_PAGE.test(path),
  );
  added = added.filter(({ path }) => {
    const isOrphan = SITE.test(path) && !hasFirstPage;
    if (isOrphan) {
      kept.push({
        path,
        inPlace: null,
        reason: 'The site would have no first page in Markdown',
      });
    }
    return !isOrphan;
  });
  if (added.some(({ path }) => isPipeline(path))) {
    const misfitOf = createPipelineFit({ existing, added, now });
    added = added.filter(file => {
      const misfit = isPipeline(file.path) ? misfitOf(file) : undefined;
      if (misfit) {
        const { path: inPlace, reason } = misfit;
        kept.push({ path: file.path, inPlace, reason });
      }
      return !misfit;
    });
  }
  return {
    added,
    kept: kept.sort((a, b) => compareText(a.path, b.path)),
  };
}
