/**
 * Runs something that may hang, and ends when it does, when `signal` is aborted, or after `ms`: whichever comes first.
 *
 * @remarks
 * `run` is given a signal that is aborted in both cases. One that does not listen goes on by itself, and whatever it
 * ends with is dropped, so that it cannot hold up its caller.
 * @internal
 */
export async function withDeadline<T>(options: {
  ms: number;
  /** Of the error after `ms`. */
  message: string;
  signal?: AbortSignal;
  run(signal: AbortSignal): Promise<T>;
}): Promise<T> {
  const { ms, message, run } = options;
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new Error(message)), ms);
  const signal = options.signal
    ? AbortSignal.any([options.signal, deadline.signal])
    : deadline.signal;
  try {
    return await raceAbort(signal, run(signal));
  } finally {
    clearTimeout(timer);
  }
}

/** What `running` comes to, or a rejection with the signal's reason when that is aborted first. @internal */
export async function raceAbort<T>(
  signal: AbortSignal,
  running: Promise<T>,
): Promise<T> {
  let refuse = () => {};
  const aborted = new Promise<never>((_, reject) => {
    refuse = () => reject(signal.reason);
  });
  if (signal.aborted) {
    refuse();
  }
  signal.addEventListener('abort', refuse, { once: true });
  try {
    return await Promise.race([running, aborted]);
  } finally {
    signal.removeEventListener('abort', refuse);
  }
}
