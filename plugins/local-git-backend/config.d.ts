export interface Config {
  /**
   * Git repositories served by this backend, for services that are created
   * without a forge. Nothing is served unless `enabled` is true.
   */
  localGit?: {
    /** Whether repositories are served; false when absent. */
    enabled?: boolean;
    /**
     * Folder of the bare repositories; required when enabled. A relative path
     * is taken from the working directory of the backend process, as
     * `backend.database.connection.directory` is.
     */
    directory?: string;
    /**
     * Whether other machines may be served. When absent or false, a request
     * is refused unless it comes from the backend's own machine.
     */
    allowRemote?: boolean;
    /** Greatest size of one push, in bytes; 268435456 (256 MiB) when absent. */
    maxPushBytes?: number;
    /**
     * How long a push token is good for, such as `24h`, `PT24H` or
     * `{ hours: 24 }`; 24 hours when absent.
     */
    tokenTtl?:
      | string
      | {
          days?: number;
          hours?: number;
          minutes?: number;
          seconds?: number;
        };
  };
}
