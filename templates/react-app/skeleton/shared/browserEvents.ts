/** What the page measures of itself, in the units of the web-vitals library: milliseconds, `CLS` a number. */
export const VITALS = ['CLS', 'FCP', 'INP', 'LCP', 'TTFB'] as const;
export type Vital = (typeof VITALS)[number];

/** The most events of one message, and characters of one text. */
export const MAX_EVENTS = 20;
export const MAX_TEXT = 500;

export interface VitalEvent {
  readonly kind: 'vital';
  readonly name: Vital;
  readonly value: number;
}

export interface ErrorEvent {
  readonly kind: 'error';
  readonly message: string;
  /** The components or the file it happened in. */
  readonly where: string;
}

export type BrowserEvent = VitalEvent | ErrorEvent;
