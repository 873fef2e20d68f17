export { formatPathComparison } from './formatPathComparison';
export { PathComparer } from './PathComparer';
export type { ComparedSide } from './PathComparer';
