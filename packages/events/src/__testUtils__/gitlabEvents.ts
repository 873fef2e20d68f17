import { parseDeliveryEvent } from '@goldenpath/engine';
import type { DeliveryEvent } from '@goldenpath/engine';
import { translateGitlab } from '../gitlab/translateGitlab';
import { delivery } from './deliveries';

/** A commit of the samples. */
export const SHA = '279484c09fbe69ededfced8c1bb6e6d24616b468';

/** The project of messages that have no sample. */
export const project = {
  id: 30,
  path_with_namespace: 'acme/checkout',
  web_url: 'https://gitlab.example.com/acme/checkout',
  default_branch: 'main',
};

/** The events that a message of GitLab gives. */
export function eventsOf(body: unknown): DeliveryEvent[] {
  return translateGitlab(delivery(body)).events.map(parseDeliveryEvent);
}

/** Why a message of GitLab gives no event. */
export function reasonOf(body: unknown): string {
  const { events, skipped } = translateGitlab(delivery(body));
  expect(events).toEqual([]);
  return skipped[0].reason;
}
