const NOT_BUILT =
  /(^|\/)(node_modules|vendor|tests?|__tests__|fixtures|__fixtures__|testdata|examples?|templates?|skeletons?)\//;

/** Whether a file may be part of what is built; samples, test data and what others wrote are not. */
export function isBuilt(path: string): boolean {
  return !NOT_BUILT.test(path);
}
