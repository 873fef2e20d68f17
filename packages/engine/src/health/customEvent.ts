import type { z } from 'zod';
import {
  costContentSchema,
  flagsContentSchema,
  scanContentSchema,
  sloContentSchema,
  vexContentSchema,
} from '../model';
import type { Cdevent } from './cdevent';
import { problemsOf } from './cdeventBody';
import type { CdeventType } from './cdeventType';
import {
  type DeliveryEvent,
  type DeliveryEventBase,
  DeliveryEventError,
} from './deliveryEvent';

/** The content of a custom event, which metrics read every field of. */
function readContent<S extends z.ZodType>(
  schema: S,
  content: unknown,
): z.infer<S> {
  const result = schema.safeParse(content);
  if (!result.success) {
    throw new DeliveryEventError(
      problemsOf(result.error, ['subject', 'content']),
    );
  }
  return result.data;
}

/** A custom event of this suite; those of other tools are kept and not counted. */
export function refineCustom(
  base: DeliveryEventBase,
  { tool, subject, predicate }: CdeventType,
  {
    environment,
    service,
    repository,
    ...content
  }: Cdevent['subject']['content'],
): DeliveryEvent {
  switch (`${tool}-${subject}.${predicate}`) {
    case 'goldenpath-scan.finished':
      return {
        ...base,
        kind: 'scan-finished',
        scan: readContent(scanContentSchema, content),
      };
    case 'goldenpath-vex.stated':
      return {
        ...base,
        kind: 'vex-stated',
        vex: readContent(vexContentSchema, content),
      };
    case 'goldenpath-cost.charged':
      return {
        ...base,
        kind: 'cost-charged',
        cost: readContent(costContentSchema, content),
      };
    case 'goldenpath-flags.observed':
      return {
        ...base,
        kind: 'flags-observed',
        observed: readContent(flagsContentSchema, content),
      };
    case 'goldenpath-slo.measured':
      return {
        ...base,
        kind: 'slo-measured',
        slo: readContent(sloContentSchema, content),
      };
    default:
      return { ...base, kind: 'other' };
  }
}
