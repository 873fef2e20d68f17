import { isScalar, parseAllDocuments } from 'yaml';
import type { Layer, PlanFile, PlanNotice } from '../model';
import type { SourceFile } from '../render';
import { decodeText } from '../render/textContent';
import type { FileChange } from './planUpdate';
import { unifiedPatch } from './unifiedPatch';

/** Where a service keeps what the catalog says of it. */
export const CATALOG_FILE = 'catalog-info.yaml';

const VERSION = ['metadata', 'annotations', 'backstage.io/template-version'];
const TEMPLATE = ['metadata', 'annotations', 'backstage.io/source-template'];

/** The catalog file with the new version in it. */
export type CatalogVersion = {
  change: FileChange;
  notice: PlanNotice;
  patch: string | undefined;
};

/**
 * Brings the catalog's note of the version along. The file is the service's own, but this one value is the index of what
 * the lock says, and would be untrue after the update.
 *
 * @returns `undefined` where the file has no such note, or one of another version or template
 */
export function catalogVersion(options: {
  layer: Layer;
  to: string;
  ours: ReadonlyMap<string, SourceFile>;
  changes: readonly FileChange[];
}): CatalogVersion | undefined {
  const { layer, to, ours, changes } = options;
  const { version: from, entityRef } = layer.template;
  const changed = changes.find(({ path }) => path === CATALOG_FILE);
  const file = ours.get(CATALOG_FILE);
  const before = file && decodeText(file.content);
  const content = changed ? changed.content : file?.content;
  const text = content ? decodeText(content) : undefined;
  if (from === to || !file || before === undefined || text === undefined) {
    return undefined;
  }
  const after = withVersion(text, { from, to, entityRef });
  return after === undefined
    ? undefined
    : {
        change: {
          path: CATALOG_FILE,
          mode: changed?.mode ?? file.mode,
          content: new TextEncoder().encode(after),
        },
        notice: {
          kind: 'value',
          path: CATALOG_FILE,
          message: `The annotation backstage.io/template-version follows the lock: ${from} becomes ${to}`,
        },
        patch: unifiedPatch(before, after),
      };
}

/** What a plan says of the file once its note is moved. */
export function withCatalogFile(
  files: readonly PlanFile[],
  moved: CatalogVersion,
): PlanFile[] {
  return files.map(file =>
    file.path === CATALOG_FILE
      ? {
          ...file,
          action: file.action === 'none' ? 'change' : file.action,
          patch: moved.patch,
        }
      : file,
  );
}

function withVersion(
  text: string,
  version: { from: string; to: string; entityRef: string },
): string | undefined {
  const { from, to, entityRef } = version;
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents)) {
    return undefined;
  }
  for (const document of documents) {
    const node = document.errors.length === 0 && document.getIn(VERSION, true);
    const template = document.getIn(TEMPLATE);
    if (
      isScalar(node) &&
      String(node.value) === from &&
      node.range &&
      (template === undefined || template === entityRef)
    ) {
      const [start, end] = node.range;
      const value = text.slice(start, end).replace(from, () => to);
      return text.slice(0, start) + value + text.slice(end);
    }
  }
  return undefined;
}
