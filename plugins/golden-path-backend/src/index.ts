/**
 * Scores catalog entities against golden paths, with drift and downstream health.
 *
 * @packageDocumentation
 */
export { goldenPathPlugin as default } from './plugin';
