/** Why an entity is evaluated; decides which collectors must look again. @internal */
export type WorkReason =
  | 'entity-changed'
  | 'paths-changed'
  | 'repository-pushed'
  | 'template-changed'
  | 'delivery-event'
  | 'fact-expiring'
  | 'waiver-changed'
  | 'update-merged'
  | 'refresh'
  | 'requested';

/** @internal */
export function parseReasons(text: string): WorkReason[] {
  return text === '' ? [] : (text.split(',') as WorkReason[]);
}
