/** The fact sources this backend collects itself. @internal */
export const BUILT_IN_SOURCES = [
  'catalog',
  'repository',
  'forge',
  'drift',
  'health',
] as const;

/** @internal */
export type BuiltInSource = (typeof BUILT_IN_SOURCES)[number];
