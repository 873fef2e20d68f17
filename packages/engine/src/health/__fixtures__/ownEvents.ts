import type { DeliveryEvent } from '../deliveryEvent';
import { parseDeliveryEvent } from '../parseDeliveryEvent';
import { body, type BodyOptions } from './deliveryEvents';

type Content = Record<string, unknown>;

/** The body of a custom event, of this suite unless the name has a tool, such as `acme-thing.done`. */
export function customBody(
  name: string,
  at: string,
  content: Content = {},
  options: BodyOptions = {},
): Record<string, unknown> {
  const event = body('service.deployed', at, { ...options, content });
  const type = name.includes('-') ? name : `goldenpath-${name}`;
  (event.context as { type: string }).type = `dev.cdeventsx.${type}.0.1.0`;
  return event;
}

export interface Measured {
  name?: string;
  target?: number;
  periodDays?: number;
  method?: string;
  /** Bad and valid events by the window's seconds; null: no traffic of which only a ratio is known. */
  windows: Record<
    number,
    readonly [bad: number, valid: number] | number | null
  >;
  environment?: string;
}

/** An objective as measured at a time; its event has the id `slo-<at>`, with the name where there is one. */
export function measured(at: string, options: Measured): DeliveryEvent {
  const {
    name = 'availability',
    target = 0.999,
    periodDays = 30,
    method,
    windows,
    environment,
  } = options;
  return parseDeliveryEvent(
    customBody(
      'slo.measured',
      at,
      {
        objective: { name, target, periodDays, ...(method && { method }) },
        windows: Object.entries(windows).map(([seconds, window]) => ({
          seconds: Number(seconds),
          ...(window === null || typeof window === 'number'
            ? { errorRate: window }
            : { bad: window[0], valid: window[1] }),
        })),
      },
      {
        id: options.name ? `slo-${name}-${at}` : `slo-${at}`,
        source: '/prometheus',
        environment,
      },
    ),
  );
}
