/**
 * The pure functions of the Golden Path suite: no I/O, no clock, no Backstage.
 *
 * @packageDocumentation
 */
export * from './health';
export * from './document';
export * from './model';
export * from './score';
export * from './desire';
export * from './drift';
export * from './render';
export * from './repository';
export * from './adopt';
export * from './advice';
export * from './change';
export * from './compare';
export * from './fix';
export * from './gate';
export * from './plan';
export * from './prove';
export * from './recover';
