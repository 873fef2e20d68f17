export { type FlagsInput, translateFlags } from './translateFlags';
