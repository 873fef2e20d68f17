export { checksByGain } from './checksByGain';
export type { CheckGain } from './checksByGain';
export { nextSteps } from './nextSteps';
export type { NextStep, NextStepKind, NextSteps } from './nextSteps';
