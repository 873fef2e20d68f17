/** What `/config.json` tells the page: the only thing that differs between environments. */
export interface RuntimeConfig {
  readonly service: { readonly name: string; readonly version: string };
  /** Where it runs, such as `production`; empty when nobody said. */
  readonly environment: string;
  readonly flags: {
    /** Where the flags are asked for by OFREP, as a path of this origin. */
    readonly baseUrl: string;
    /** How often they are asked for again. */
    readonly pollMs: number;
  };
  readonly vitals: {
    /** Share of page views that are measured, from 0 to 1. */
    readonly sampleRate: number;
  };
}
