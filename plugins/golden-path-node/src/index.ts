/**
 * Extension points of the Golden Path backend.
 *
 * @packageDocumentation
 */
export * from './extensions';
export * from './FactCollector';
