import type { TemplateManifest } from '../model';
import {
  RenderError,
  renderTemplate,
  type RenderValues,
  type SkeletonPart,
} from '../render';

const MOST = 200;

/**
 * The names of the values a template cannot do without: those it renders, and those that decide which of its folders
 * are rendered. Sorted; empty when all were given or have a default.
 *
 * @throws RenderError for a template that does not render for another reason.
 *
 * @public
 */
export function missingValues(options: {
  manifest: Pick<TemplateManifest, 'copyWithoutTemplating' | 'defaults'>;
  /** From {@link skeletonParts}. */
  parts: readonly SkeletonPart[];
  values: RenderValues;
}): string[] {
  const { manifest, parts } = options;
  const given = { ...manifest.defaults, ...options.values };
  const missing = new Set(
    parts
      .flatMap(({ when }) => Object.keys(when ?? {}))
      .filter(name => !Object.hasOwn(given, name)),
  );
  const values: RenderValues = { ...given };
  while (missing.size < MOST) {
    const name = firstMissing({ manifest, parts, values });
    if (name === undefined) {
      break;
    }
    missing.add(name);
    // Only so that rendering goes on to the next one
    values[name] = name;
  }
  return [...missing].sort();
}

function firstMissing(
  options: Parameters<typeof renderTemplate>[0],
): string | undefined {
  try {
    renderTemplate(options);
    return undefined;
  } catch (error) {
    const name =
      error instanceof RenderError
        ? /^values\.(\w+)$/.exec(error.variable ?? '')?.[1]
        : undefined;
    if (name === undefined || Object.hasOwn(options.values, name)) {
      throw error;
    }
    return name;
  }
}
