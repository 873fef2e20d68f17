/**
 * How a piece of information is meant. Only `good` is good news; `unsure` is everything that is not known, and is never
 * shown like `good`.
 */
export type Tone = 'good' | 'bad' | 'warn' | 'unsure' | 'busy' | 'neutral';

/** A state in words, with its meaning. */
export interface Wording {
  label: string;
  tone: Tone;
  meaning: string;
}
