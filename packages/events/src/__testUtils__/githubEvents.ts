import { parseDeliveryEvent } from '@goldenpath/engine';
import type { DeliveryEvent } from '@goldenpath/engine';
import { translateGithub } from '../github/translateGithub';
import { githubDelivery } from './deliveries';

/** The one event that a message of GitHub gives. */
export function onlyEventOf(event: string, body: unknown): DeliveryEvent {
  const { events, skipped } = translateGithub(githubDelivery(event, body));
  expect(skipped).toEqual([]);
  expect(events).toHaveLength(1);
  return parseDeliveryEvent(events[0]);
}

/** Why a message of GitHub gives no event. */
export function reasonOf(event: string, body: unknown): string {
  const { events, skipped } = translateGithub(githubDelivery(event, body));
  expect(events).toEqual([]);
  return skipped[0].reason;
}
