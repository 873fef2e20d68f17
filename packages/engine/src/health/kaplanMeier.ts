/** How long something lasted, or has lasted so far. */
export interface Survival {
  seconds: number;
  /** Whether it came to its end; what is still open lasts longer. */
  ended: boolean;
}

/** The share that lasts longer than a time, after each time at which something ended. */
function survivalCurve(
  spans: readonly Survival[],
): { seconds: number; share: number }[] {
  // what ends at the moment another is last seen open ended first
  const ordered = [...spans].sort(
    (a, b) => a.seconds - b.seconds || Number(b.ended) - Number(a.ended),
  );
  const curve: { seconds: number; share: number }[] = [];
  let share = 1;
  ordered.forEach(({ seconds, ended }, index) => {
    if (ended) {
      const atRisk = ordered.length - index;
      share *= (atRisk - 1) / atRisk;
      if (curve.at(-1)?.seconds === seconds) {
        curve.at(-1)!.share = share;
      } else {
        curve.push({ seconds, share });
      }
    }
  });
  return curve;
}

/**
 * The median of spans of which some are still open: the time by which the Kaplan-Meier curve has fallen to one half (E. L.
 * Kaplan and P. Meier, "Nonparametric Estimation from Incomplete Observations", JASA 53, 1958). Where the curve runs level
 * at one half it is the middle of that stretch, so that without open spans it is the plain median. Null while too much
 * is open for the curve to get there.
 */
export function censoredMedian(spans: readonly Survival[]): number | null {
  const curve = survivalCurve(spans);
  const HALF = 0.5;
  const NEAR = 1e-9;
  const index = curve.findIndex(({ share }) => share <= HALF + NEAR);
  if (index === -1) {
    return null;
  }
  const { seconds, share } = curve[index];
  if (share < HALF - NEAR) {
    return seconds;
  }
  const next = curve.at(index + 1);
  return next === undefined ? null : (seconds + next.seconds) / 2;
}
