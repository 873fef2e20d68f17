/**
 * Extension points of the Golden Path backend.
 *
 * @packageDocumentation
 */
export * from './ChangeHost';
export * from './changes';
export * from './extensions';
export * from './FactCollector';
export * from './Forge';
export * from './readLimitedJson';
export * from './forge';
export * from './WebhookSender';
