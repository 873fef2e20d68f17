import type { z } from 'zod';
import {
  type Cdevent,
  cdeventSchema,
  type GoldenPathData,
  goldenPathDataSchema,
} from './cdevent';
import {
  type CdeventType,
  readCdeventType,
  refuseSpecVersion,
} from './cdeventType';
import { DeliveryEventError, type DeliveryEventProblem } from './deliveryEvent';

/** Largest accepted event body, in UTF-16 units of its JSON text. @public */
export const MAX_DELIVERY_EVENT_SIZE = 1_048_576;

const MAX_PROBLEMS = 10;

/** A body that passed the schema, with its parts that have a grammar of their own taken apart. */
export interface CdeventBody {
  event: Cdevent;
  type: CdeventType;
  specVersion: string;
  data: GoldenPathData;
}

/** Refuses an event for one field. */
export function refuseField(field: string, message: string): never {
  throw new DeliveryEventError([{ field, message }]);
}

/** The problems of a schema, by dotted path below `prefix`. */
export function problemsOf(
  error: z.ZodError,
  prefix: string[] = [],
): DeliveryEventProblem[] {
  return error.issues.slice(0, MAX_PROBLEMS).map(issue => ({
    field: [...prefix, ...issue.path].map(String).join('.'),
    message:
      issue.code === 'unrecognized_keys'
        ? `unknown key ${issue.keys
            .slice(0, MAX_PROBLEMS)
            .map(key => `'${key.slice(0, 100)}'`)
            .join(', ')}${
            prefix.at(-1) === 'goldenPath'
              ? `; known are ${Object.keys(goldenPathDataSchema.shape).join(
                  ', ',
                )}`
              : ''
          }`
        : issue.message,
  }));
}

function sizeOf(body: unknown): number {
  try {
    return JSON.stringify(body)?.length ?? 0;
  } catch {
    return refuseField('', 'must be plain JSON that is not nested too deeply');
  }
}

/** The body in a JSON text. */
export function readJson(text: string): unknown {
  assertSize(text.length);
  try {
    return JSON.parse(text);
  } catch {
    return refuseField('', 'must be JSON');
  }
}

function assertSize(size: number): void {
  if (size > MAX_DELIVERY_EVENT_SIZE) {
    refuseField(
      '',
      `is ${size} characters long; at most ${MAX_DELIVERY_EVENT_SIZE} are accepted`,
    );
  }
}

function isCloudEvent(body: unknown): boolean {
  return (
    typeof body === 'object' &&
    body !== null &&
    !('context' in body) &&
    'specversion' in body &&
    'data' in body
  );
}

function readBody(body: unknown, size: number): Cdevent {
  assertSize(size);
  if (isCloudEvent(body)) {
    refuseField(
      'data',
      'holds the CDEvent; pass it without its CloudEvents envelope',
    );
  }
  const result = cdeventSchema.safeParse(body);
  if (!result.success) {
    throw new DeliveryEventError(problemsOf(result.error));
  }
  return result.data;
}

function readGoldenPathData({ customData }: Cdevent): GoldenPathData {
  if (
    typeof customData !== 'object' ||
    customData.goldenPath === undefined ||
    customData.goldenPath === null
  ) {
    return {};
  }
  const result = goldenPathDataSchema.safeParse(customData.goldenPath);
  if (!result.success) {
    throw new DeliveryEventError(
      problemsOf(result.error, ['customData', 'goldenPath']),
    );
  }
  return result.data;
}

function readType(event: Cdevent): CdeventType {
  const type = readCdeventType(event.context.type);
  if ('refused' in type) {
    return refuseField('context.type', type.refused);
  }
  const stated = event.subject.type;
  if (
    stated !== undefined &&
    type.tool === undefined &&
    stated.toLowerCase() !== type.subject
  ) {
    refuseField(
      'subject.type',
      `'${stated}' does not go with context.type; expected '${type.subject}'`,
    );
  }
  return type;
}

function readSpecVersion({ context }: Cdevent): string {
  const version = context.specversion ?? context.version;
  if (version === undefined) {
    return refuseField(
      'context.specversion',
      'is missing; give the CDEvents version, in 0.4 as context.version',
    );
  }
  const refused = refuseSpecVersion(version);
  if (refused) {
    refuseField(
      context.specversion === undefined
        ? 'context.version'
        : 'context.specversion',
      refused,
    );
  }
  return version;
}

/**
 * Checks the JSON body of a CDEvent against its limits and schema.
 *
 * @param size - length of the body's JSON text, where that is at hand.
 * @throws DeliveryEventError naming the field and what to do.
 */
export function readCdeventBody(
  body: unknown,
  size = sizeOf(body),
): CdeventBody {
  const event = readBody(body, size);
  return {
    event,
    specVersion: readSpecVersion(event),
    type: readType(event),
    data: readGoldenPathData(event),
  };
}
