import path from 'node:path';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  Entity,
  parseLocationRef,
} from '@backstage/catalog-model';

/** Where an entity's files are: a folder behind the URL reader, a folder of this machine, or nowhere to be found. @internal */
export type SourceLocation =
  | { type: 'url'; url: string }
  | { type: 'file'; directory: string }
  | { type: 'none'; reason: string };

/**
 * Reads an entity's annotations for the folder its files are in: `source-location`, or else the folder of the file it
 * was registered from.
 *
 * @remarks
 * Annotations are written by whoever writes the entity. A `file` location must be confirmed with
 * {@link FileLocations} before anything is read from it.
 * @internal
 */
export function sourceLocationOf(entity: Entity): SourceLocation {
  const annotations = entity.metadata.annotations ?? {};
  const ref =
    annotations[ANNOTATION_SOURCE_LOCATION] ?? annotations[ANNOTATION_LOCATION];
  if (!ref) {
    return {
      type: 'none',
      reason: `The entity has neither annotation ${ANNOTATION_SOURCE_LOCATION} nor ${ANNOTATION_LOCATION}, so its repository is not known`,
    };
  }
  try {
    const { type, target } = parseLocationRef(ref);
    if (type === 'url') {
      return { type, url: folderOfUrl(target) };
    }
    if (type === 'file') {
      return { type, directory: folderOfFile(target) };
    }
    return {
      type: 'none',
      reason: `The entity's location '${ref}' is neither a url nor a file, so its repository is not known`,
    };
  } catch {
    return {
      type: 'none',
      reason: `The entity's location '${ref}' is not a location reference such as url:https://example.com/repository/`,
    };
  }
}

const DESCRIPTOR = /\.(ya?ml|json)$/i;

function folderOfUrl(target: string): string {
  const url = new URL(target);
  return DESCRIPTOR.test(url.pathname) ? new URL('./', url).href : url.href;
}

function folderOfFile(target: string): string {
  return DESCRIPTOR.test(target) ? path.dirname(target) : target;
}
