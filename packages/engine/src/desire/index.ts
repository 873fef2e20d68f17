export { type EditFit, fitEdit } from './fitEdit';
export { sourceOfPath } from './sourceOfPath';
