export type { FileEdit, Fix } from './Fix';
export { FIXES } from './fixes';
export { planFixes } from './planFixes';
export type { FixPlan } from './planFixes';
