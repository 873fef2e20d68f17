const KEY = 'visitor';

/**
 * An id that lives as long as the tab, so that a flag for some visitors stays as it is on a reload. It is random,
 * names nobody and leaves the browser only to ask for flags.
 */
export function visitorId(): string {
  try {
    const known = sessionStorage.getItem(KEY);
    if (known !== null) {
      return known;
    }
    const fresh = crypto.randomUUID();
    sessionStorage.setItem(KEY, fresh);
    return fresh;
  } catch {
    // Storage may be blocked, and random ids need a secure context.
    return 'anonymous';
  }
}
