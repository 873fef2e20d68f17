import { HumanDuration } from '@backstage/types';

export interface Config {
  goldenPath?: {
    /**
     * The Unleash whose feature flags services use. The flags of an entity are chosen by its annotations
     * `golden-path.dev/unleash-project`, `golden-path.dev/unleash-tag` (`type:value`) and
     * `golden-path.dev/unleash-prefix`; of several, a flag must fit all.
     */
    unleash?: {
      /** Base address, with the path before `/api/admin`. No user or password in it. */
      url: string;
      /**
       * A personal access token or a token of a service account that may read the projects. @visibility secret
       */
      token: string;
      /** Project of entities that name none. Default `default`. */
      project?: string;
      /** Environment whose flags count. Default `production`. */
      environment?: string;
      /** Longest wait for an answer. Default 15 seconds. */
      timeout?: HumanDuration;
    };
  };
}
