const AUTHORITIES: Record<string, string> = {
  openssf: 'OpenSSF Scorecard',
  zizmor: 'zizmor',
  slsa: 'SLSA',
  dora: 'DORA',
};

/** What a check is called elsewhere: `openssf:CI-Tests` becomes `OpenSSF Scorecard: CI-Tests`. */
export function outsideName(name: string): string {
  const at = name.indexOf(':');
  const authority = AUTHORITIES[name.slice(0, at).toLocaleLowerCase('en-US')];
  return at > 0 && authority ? `${authority}: ${name.slice(at + 1)}` : name;
}
