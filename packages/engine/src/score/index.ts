export { compilePath } from './compile';
export type { CompiledCheck, CompiledPath } from './compile';
export { scorePath } from './scorePath';
export { isWaiverValid } from './waiver';
export { effectiveStage } from './rollout';
