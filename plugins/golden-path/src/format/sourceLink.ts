import { Entity, getEntitySourceLocation } from '@backstage/catalog-model';

/**
 * Web address of a file in the entity's repository, with `#L<line>`; `undefined` when the source location is not a
 * plain http(s) address, since then there is nowhere to go.
 */
export function sourceLink(
  entity: Entity,
  file: string,
  line?: number,
): string | undefined {
  let base: URL;
  try {
    const location = getEntitySourceLocation(entity);
    if (location.type !== 'url') {
      return undefined;
    }
    base = new URL(location.target);
  } catch {
    return undefined;
  }
  if (!['http:', 'https:'].includes(base.protocol) || base.search) {
    return undefined;
  }
  const isFile = /\.ya?ml$/.test(base.pathname);
  const folder = isFile
    ? base.pathname.replace(/[^/]*$/, '')
    : base.pathname.replace(/\/*$/, '/');
  const path = file
    .split('/')
    .filter(part => part !== '' && part !== '.' && part !== '..')
    .map(encodeURIComponent)
    .join('/');
  return `${base.origin}${folder}${path}${line ? `#L${line}` : ''}`;
}
