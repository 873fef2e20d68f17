/**
 * The pure functions of the Golden Path suite: no I/O, no clock, no Backstage.
 *
 * @packageDocumentation
 */
export * from './model';
