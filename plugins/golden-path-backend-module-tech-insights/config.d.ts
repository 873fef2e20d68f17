import { HumanDuration } from '@backstage/types';

export interface Config {
  goldenPath?: {
    /** Facts of Tech Insights, for paths to read as `techInsights`. */
    techInsights?: {
      /** Facts older than this are left out: Tech Insights gives them however old they are. Default 7 days. */
      maxAge?: HumanDuration;
      /** Ids of the fact retrievers to read. Default: all that Tech Insights knows. */
      retrievers?: string[];
    };
  };
}
