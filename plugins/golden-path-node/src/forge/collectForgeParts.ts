import type { Fact, ForgeData } from '@goldenpath/engine';

/** A part of the `forge` fact, and why something in it is absent, by its dotted path in the fact. @public */
export interface ForgePartResult {
  data: Partial<ForgeData>;
  gaps?: Record<string, string>;
}

/** Something that learns one part of the `forge` fact. @public */
export interface ForgePart {
  /** Dotted paths in the fact that stay absent when it fails. */
  paths: string[];
  /** The right it takes, in the forge's own words, such as `Checks: read`. */
  needs: string;
  /** `known` is what earlier parts found. */
  read(known: Partial<ForgeData>): Promise<ForgePartResult>;
}

/**
 * What the failure of a part means. `gap`: this part cannot be known, for a reason worth showing. `outage`: the forge
 * did not do what it should.
 * @public
 */
export type ForgeFailure = { kind: 'gap' | 'outage'; reason: string };

/**
 * Learns one part after the other, so that a forge is asked one thing at a time for one repository.
 *
 * @remarks
 * A part that fails is a gap and the rest stands. When two parts or more fail by an outage, the forge itself is out of
 * order: this throws, so that the last good fact is not replaced by a worse one. `explain` throws what concerns the
 * whole fact, such as refused credentials, a used-up quota or an abort.
 * @public
 */
export async function collectForgeParts(options: {
  parts: ForgePart[];
  explain(error: unknown, part: ForgePart): ForgeFailure;
}): Promise<{ data: Partial<ForgeData>; gaps: NonNullable<Fact['gaps']> }> {
  const data: Partial<ForgeData> = {};
  const gaps: Record<string, string> = {};
  let outages = 0;
  for (const part of options.parts) {
    try {
      const result = await part.read(data);
      add(data, result.data);
      Object.assign(gaps, result.gaps);
    } catch (error) {
      const { kind, reason } = options.explain(error, part);
      outages += kind === 'outage' ? 1 : 0;
      if (outages > 1) {
        throw new Error(reason);
      }
      for (const path of part.paths) {
        gaps[path] = reason;
      }
    }
  }
  return { data, gaps };
}

/** Parts of one object, such as two kinds of alerts, come from several parts. */
function add(data: Record<string, any>, more: Record<string, any>): void {
  for (const [key, value] of Object.entries(more)) {
    const both = isObject(data[key]) && isObject(value);
    data[key] = both ? { ...data[key], ...value } : value;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
