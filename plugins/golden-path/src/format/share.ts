/**
 * A share of 0 to 1 in whole percent: `86 %`. Only all of it is `100 %`, and only nothing `0 %`; `null` is `unknown`.
 */
export function shareText(share: number | null): string {
  if (share === null) {
    return 'unknown';
  }
  const percent = Math.round(share * 100);
  if (share > 0 && share < 1) {
    return `${Math.min(Math.max(percent, 1), 99)} %`;
  }
  return `${percent} %`;
}
