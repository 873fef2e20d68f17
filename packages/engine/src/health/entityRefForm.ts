const DEFAULT_KIND = 'component';
const DEFAULT_NAMESPACE = 'default';

/**
 * The full, lower-case form `kind:namespace/name` of an entity reference. Kind defaults to `component`,
 * namespace to `default`, as catalog references do for components.
 *
 * @public
 */
export function fullEntityRef(ref: string): string {
  const [, kind, namespace, name] =
    /^(?:([^:/]+):)?(?:([^:/]+)\/)?([^:/]+)$/.exec(ref) ?? [];
  if (name === undefined) {
    return ref.toLowerCase();
  }
  return `${kind ?? DEFAULT_KIND}:${
    namespace ?? DEFAULT_NAMESPACE
  }/${name}`.toLowerCase();
}
