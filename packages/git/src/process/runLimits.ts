/** How long one command or answer may take, unless told otherwise. */
export const DEFAULT_TIMEOUT_MILLISECONDS = 60_000;

/** How much one command or answer may write, unless told otherwise. */
export const DEFAULT_MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

/** Characters of what git said that get into an error. */
export const MAX_MESSAGE_LENGTH = 1000;

/** Characters kept of what git says to people. */
export const MAX_STDERR_LENGTH = 64 * 1024;
