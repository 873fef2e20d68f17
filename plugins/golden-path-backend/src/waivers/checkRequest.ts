import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { WaiverRequest } from '@goldenpath/backstage-plugin-golden-path-common';
import { GoldenPath } from '@goldenpath/engine';
import { dayOf, latestDay } from './waiverDays';

/** The reference of an entity in its one spelling. Throws an `InputError` for a text that is none. @internal */
export function normalEntityRef(entityRef: string): string {
  try {
    return stringifyEntityRef(parseEntityRef(entityRef));
  } catch (error) {
    throw new InputError(
      `entityRef '${entityRef}' is not an entity reference such as component:default/shop: ${
        (error as Error).message
      }`,
    );
  }
}

/** Throws an `InputError` when a request holds what no database keeps, or ends too early or too late. @internal */
export function checkRequestItself(
  request: WaiverRequest,
  options: { now: Date; maxDays: number },
): void {
  for (const [field, value] of Object.entries(request)) {
    if (value?.includes('\0')) {
      throw new InputError(`${field} must not hold a NUL character`);
    }
  }
  const today = dayOf(options.now);
  const latest = latestDay(options.now, options.maxDays);
  if (request.expires < today) {
    throw new InputError(
      `expires is ${request.expires}, which is over; a waiver may end from ${today} to ${latest}`,
    );
  }
  if (request.expires > latest) {
    throw new InputError(
      `expires is ${request.expires}, and a waiver may last ${options.maxDays} days; the latest day is ${latest}`,
    );
  }
}

/** Throws an `InputError` when no path that covers the entity has the check. @internal */
export function checkPathKnowsCheck(
  entityRef: string,
  request: Pick<WaiverRequest, 'path' | 'check'>,
  covering: GoldenPath[],
): void {
  const names = covering.map(({ metadata }) => metadata.name).join(', ');
  if (covering.length === 0) {
    throw new InputError(
      `No golden path covers ${entityRef}, so there is nothing to waive`,
    );
  }
  const meant = covering.filter(
    ({ metadata }) =>
      request.path === undefined || metadata.name === request.path,
  );
  if (meant.length === 0) {
    throw new InputError(
      `The golden path '${request.path}' does not cover ${entityRef}; it is covered by ${names}`,
    );
  }
  const hasCheck = ({ spec }: GoldenPath) =>
    spec.checks.some(({ id }) => id === request.check);
  if (!meant.some(hasCheck)) {
    const elsewhere = covering.filter(hasCheck);
    throw new InputError(
      elsewhere.length > 0
        ? `The golden path '${request.path}' has no check '${
            request.check
          }'; it is one of ${elsewhere
            .map(({ metadata }) => metadata.name)
            .join(', ')}`
        : `No check '${request.check}' is on ${
            request.path ?? names
          }; GET /v1/paths/{name} lists the checks of a path`,
    );
  }
}
