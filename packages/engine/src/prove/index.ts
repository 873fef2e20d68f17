export { applyEdits, mutationEdits } from './applyEdits';
export { findLeftovers } from './leftovers';
export { findLostContent } from './lostContent';
export { type ProofRow, proofRows, unrenderedVariants } from './matrix';
export {
  mutationCoverage,
  type MutationTarget,
  readsLock,
  tryMutation,
} from './mutations';
export { parseTemplateMutations, parseTemplateProof } from './proofDocuments';
export { proofScore } from './proofScore';
export { proofRefusals } from './refusals';
