export { type SarifInput, translateSarif } from './translateSarif';
export { translateVex, type VexInput } from './translateVex';
