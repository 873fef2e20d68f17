import { createHash } from 'node:crypto';
import {
  digestsByPath,
  merkleDigest,
  renderTemplate,
  RenderValues,
  SourceFile,
} from '@goldenpath/engine';
import { Template } from '../drift/templateFiles';
import { ByteCache } from '../versions/ByteCache';

const MOST_BYTES = 100_000_000;

/** @internal */
export interface RenderedTemplate {
  files: SourceFile[];
  /** `sha256:` digest of each file's content. */
  digests: Map<string, string>;
  /** As `rendered.digest` of a lock. */
  digest: string;
}

/** Renders templates; services with equal values share one rendering while it is in memory. @internal */
export class Renderer {
  readonly #rendered = new ByteCache<RenderedTemplate>({
    mostBytes: MOST_BYTES,
  });

  /** @throws RenderError as `renderTemplate` of the engine. */
  render(options: {
    template: Pick<Template, 'manifest' | 'parts' | 'digest'>;
    values: RenderValues;
  }): RenderedTemplate {
    const { template, values } = options;
    const key = `${template.digest} ${digestOfValues(values)}`;
    const known = this.#rendered.get(key);
    if (known) {
      return known;
    }
    const { manifest, parts } = template;
    const files = renderTemplate({ manifest, parts, values });
    const digests = digestsByPath(files);
    const digest = merkleDigest(
      files.map(({ path, mode }) => ({
        path,
        mode,
        sha256: digests.get(path)!,
      })),
    );
    const rendered = { files, digests, digest };
    const bytes = files.reduce((sum, file) => sum + file.content.length, 0);
    this.#rendered.set(key, rendered, bytes);
    return rendered;
  }
}

/** The same for values that say the same, whatever the order of their names. */
function digestOfValues(values: RenderValues): string {
  const text = JSON.stringify(values, (_key, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : value,
  );
  return createHash('sha256').update(text).digest('hex');
}
