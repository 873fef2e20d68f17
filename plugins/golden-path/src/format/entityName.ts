import { parseEntityRef } from '@backstage/catalog-model';

/**
 * An entity's name as it stands in a sentence or a button, where no link may stand: `shop`, or `team/shop` outside the
 * default namespace. Text that is no reference is returned as it is.
 */
export function entityName(ref: string): string {
  try {
    const { namespace, name } = parseEntityRef(ref);
    return namespace === 'default' ? name : `${namespace}/${name}`;
  } catch {
    return ref;
  }
}
