import type { FileClass, TemplateManifest } from '../model';
import { createClassifier } from '../render/classify';
import { globMatcher } from '../render/globs';
import type { BaseFile } from './FileUnit';

/** Says who owns a file that is known under some paths, its place in the service first. */
export type UnitClass = (
  paths: readonly string[],
  base: BaseFile | undefined,
) => FileClass;

/** The service's `ownership` of any of the paths, else the class that was stamped, else that of the new manifest. */
export function createUnitClass(options: {
  ownership: Record<string, FileClass>;
  classes: TemplateManifest['classes'];
}): UnitClass {
  const { ownership, classes } = options;
  const classify = createClassifier({ classes, ownership });
  const rules = Object.keys(ownership).map(glob => globMatcher([glob]));
  const isOwned = (path: string) =>
    Object.hasOwn(ownership, path) || rules.some(matches => matches(path));
  return (paths, base) => {
    const owned = paths.find(isOwned);
    if (owned !== undefined) {
      return classify(owned);
    }
    return base ? base.entry.class : classify(paths[0]);
  };
}
