/**
 * Extension points of the Golden Path backend.
 *
 * @packageDocumentation
 */
export * from './extensions';
export * from './FactCollector';
export * from './Forge';
export * from './forge';
