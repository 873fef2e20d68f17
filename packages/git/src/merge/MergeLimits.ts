/** How much one merge may be given. @public */
export type MergeLimits = {
  /** Files of one tree, or contents merged at once. */
  maxFiles: number;
  /** All that is given to one merge, in bytes. */
  maxBytes: number;
};

/** Limits that hold unless others are asked for: 20,000 files and 200 MB. @public */
export const DEFAULT_MERGE_LIMITS: MergeLimits = {
  maxFiles: 20_000,
  maxBytes: 200_000_000,
};
