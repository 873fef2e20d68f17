import type { FileClass, TemplateManifest } from '../model';
import { globMatcher } from './globs';

const ORDER = ['excluded', 'seeded', 'managed', 'merged'] as const;

/** Says who owns a file. @public */
export type Classify = (path: string) => FileClass;

/**
 * Prepares {@link classify} for many paths.
 *
 * @remarks
 * The service's own `ownership` goes first: the exact path, then the first glob that matches, in the order written.
 * Then the template's classes: excluded, seeded, managed, merged. What matches nothing is `fallback`.
 *
 * @public
 */
export function createClassifier(options: {
  classes?: TemplateManifest['classes'];
  ownership?: Record<string, FileClass>;
  fallback?: (path: string) => FileClass;
}): Classify {
  const { classes, ownership = {}, fallback = () => 'merged' } = options;
  const overrides = Object.entries(ownership).map(([glob, fileClass]) => ({
    matches: globMatcher([glob]),
    fileClass,
  }));
  const template = classes
    ? ORDER.map(fileClass => ({
        matches: globMatcher(classes[fileClass]),
        fileClass,
      }))
    : [];
  return path => {
    if (Object.hasOwn(ownership, path)) {
      return ownership[path];
    }
    const rule = [...overrides, ...template].find(r => r.matches(path));
    return rule ? rule.fileClass : fallback(path);
  };
}

/**
 * Class of one file by the template's manifest and the service's ownership overrides.
 *
 * @public
 */
export function classify(
  path: string,
  manifest: Pick<TemplateManifest, 'classes'>,
  ownership: Record<string, FileClass> = {},
): FileClass {
  return createClassifier({ classes: manifest.classes, ownership })(path);
}
