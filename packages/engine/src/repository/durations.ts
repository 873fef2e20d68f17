const SECONDS: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600 };

/**
 * Seconds of a duration as Go and Argo write it: `90`, `30s`, `1h30m`.
 *
 * @returns `undefined` for anything else, such as a placeholder
 */
export function durationSeconds(text: string | undefined): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  if (/^\d{1,9}$/.test(text)) {
    return Number(text);
  }
  const parts = [...text.matchAll(/(\d{1,9}(?:\.\d{1,9})?)(ms|s|m|h)/g)];
  const isWhole = parts.map(([part]) => part).join('') === text;
  return isWhole && parts.length > 0
    ? parts.reduce((sum, [, n, unit]) => sum + Number(n) * SECONDS[unit], 0)
    : undefined;
}
