/** Ids of the parts of delivery health on the tab; the card's links point at them. */
export const DORA_ANCHOR = 'health-dora';
export const GUARDRAILS_ANCHOR = 'health-guardrails';
export const RELEASES_ANCHOR = 'health-releases';
export const ANOMALIES_ANCHOR = 'health-anomalies';
export const SECURITY_COST_ANCHOR = 'health-security-cost';
export const FLAGS_ANCHOR = 'health-flags';
export const TOIL_ANCHOR = 'health-toil';
export const AI_ANCHOR = 'health-ai';
export const PARADOX_ANCHOR = 'health-paradox';
