/** Why an entity is evaluated; decides which collectors must look again. @internal */
export type WorkReason =
  | 'entity-changed'
  | 'paths-changed'
  | 'repository-pushed'
  | 'delivery-event'
  | 'fact-expiring'
  | 'refresh'
  | 'requested';

/** @internal */
export function formatReasons(reasons: Iterable<WorkReason>): string {
  return [...new Set(reasons)].join(',');
}

/** @internal */
export function parseReasons(text: string): WorkReason[] {
  return text === '' ? [] : (text.split(',') as WorkReason[]);
}
