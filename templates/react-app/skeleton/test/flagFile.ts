import document from '../flags/flags.json' with { type: 'json' };

export type Variant = 'on' | 'off';

/** The parts of `flags/flags.json` that the tests read. */
export interface FlagFile {
  flags: Record<
    string,
    {
      state: string;
      variants: Record<Variant, boolean>;
      defaultVariant: Variant;
      metadata: { owner?: string; type?: string; expires?: string };
    }
  >;
}

/** A copy of the committed flags, for a test to change. */
export function readFlagFile(): FlagFile {
  return structuredClone(document) as FlagFile;
}
