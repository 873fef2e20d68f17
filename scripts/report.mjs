/** Progress and failure in the words of the person at the terminal. */

/** A failure whose message is all a person needs; no stack is printed. */
export class Plain extends Error {}

export function step(text) {
  process.stderr.write(`\u2022 ${text}\n`);
}

/**
 * Runs `work` under a line that says what is going on and, on a terminal, for how long.
 *
 * @param {string} text what is being done
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 * @template T
 */
export async function withProgress(text, work) {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  step(`${text} ...`);
  const timer = setInterval(() => {
    step(`${text} ... ${seconds()} s`);
  }, 15_000);
  try {
    const result = await work();
    step(`${text}: done in ${seconds()} s`);
    return result;
  } finally {
    clearInterval(timer);
  }
}

const CAUSES = [
  [
    /ENOSPC|no space left on device|disk quota exceeded/i,
    'The disk is full. Free about 3 GB and run the command again.',
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|network (timeout|unreachable|is unreachable)|socket hang up/i,
    'The npm registry cannot be reached. Check the network, the proxy settings and `npm config get registry`, then run the command again.',
  ],
  [
    /EACCES|EPERM|permission denied/i,
    'A file in this folder cannot be written. Check who owns it, then run the command again.',
  ],
  [
    /YN0028|lockfile would have been modified/i,
    'yarn.lock does not fit the package.json files. Run `npm run setup -- --update` and commit yarn.lock.',
  ],
];

/**
 * One sentence for what a tool printed before it failed.
 *
 * @param {string} output the end of the tool's output
 * @param {string} fallback the sentence when no known cause is in it
 */
export function explainFailure(output, fallback) {
  return CAUSES.find(([pattern]) => pattern.test(output))?.[1] ?? fallback;
}
