import { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { AnomalyGroup } from '@goldenpath/engine';
import { RolloutRow } from '../database/RolloutStore';
import { UpdateRow } from '../database/UpdateStore';
import { describeError } from '../service/describeError';

const TOPIC = 'golden-path';
const MOST_SIGNALS = 5;

/** @internal */
export interface NotifierOptions {
  /** Absent where the operator wants no notifications. */
  send?: NotificationService['send'];
  /** Full reference of an entity's owner. */
  ownerOf(entityRef: string): Promise<string | undefined>;
  logger: LoggerService;
}

/**
 * Tells owners of services and of templates what happened to their updates and roll-outs.
 *
 * @remarks
 * There is one notification for each update and each roll-out, replaced by what is newer. Nothing else waits for one or
 * fails with it: that it cannot be sent is logged once, and again only after one was sent.
 * @internal
 */
export class Notifier {
  readonly #options: NotifierOptions;
  #failing = false;

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  /** To the owner of the service, where the update is open or failed. Never throws. */
  async update(row: UpdateRow): Promise<void> {
    const what = `${row.template} ${row.to_version}`;
    const text = updateText(row, what);
    if (text) {
      await this.#notify(row.entity_ref, {
        ...text,
        link: row.url ?? tabOf(row.entity_ref),
        scope: `golden-path:update:${row.id}`,
        by: row.created_by,
      });
    }
  }

  /** To the owner of the template, where the roll-out is paused or done. Never throws. */
  async rollout(row: RolloutRow): Promise<void> {
    const what = `The roll-out of ${row.template} ${row.version}`;
    const text = rolloutText(row, what);
    if (text) {
      await this.#notify(row.template, {
        ...text,
        link: pageOf(row.template),
        scope: `golden-path:rollout:${row.id}`,
      });
    }
  }

  /** To the owner of the entity that the first signal is of. Never throws. */
  async anomalies(group: AnomalyGroup): Promise<void> {
    const { name } = parseEntityRef(group.entityRef);
    const metrics = new Set(group.signals.map(({ anomaly }) => anomaly.metric));
    await this.#notify(group.entityRef, {
      title:
        metrics.size === 1
          ? `The delivery of ${name} changed for the worse`
          : `${metrics.size} signals from the delivery of ${name}`,
      description: [
        ...group.signals
          .slice(0, MOST_SIGNALS)
          .map(signal =>
            signal.entityRef === group.entityRef
              ? signal.anomaly.message
              : `${signal.entityRef}: ${signal.anomaly.message}`,
          ),
        group.cause
          ? `Probably behind it: deployment ${group.cause.deploymentId} of ${group.cause.entityRef}`
          : 'No deployment lies shortly before it',
      ].join('. '),
      severity: 'high',
      link: `${tabOf(group.entityRef)}#health`,
      scope: `golden-path:anomaly:${group.id}`,
    });
  }

  async #notify(
    entityRef: string,
    message: Message & { link: string; scope: string; by?: string },
  ): Promise<void> {
    const { send, ownerOf, logger } = this.#options;
    if (!send) {
      return;
    }
    const { by, ...payload } = message;
    try {
      const owner = await ownerOf(entityRef);
      if (owner === undefined) {
        return;
      }
      await send({
        recipients: {
          type: 'entity',
          entityRef: owner,
          ...(by?.startsWith('user:') && { excludeEntityRef: by }),
        },
        payload: { ...payload, topic: TOPIC },
      });
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) {
        logger.warn(
          `Notifications cannot be sent (install the notifications plugin, or switch them off under goldenPath.updates and goldenPath.health): ${describeError(
            error,
          )}`,
        );
      }
      this.#failing = true;
    }
  }
}

interface Message {
  title: string;
  description: string;
  severity: 'high' | 'normal' | 'low';
}

function updateText(row: UpdateRow, what: string): Message | undefined {
  const { name } = parseEntityRef(row.entity_ref);
  if (row.state === 'failed') {
    return {
      title: `The update of ${name} failed`,
      description: `${what}: ${row.problem}`,
      severity: 'high',
    };
  }
  if (row.state !== 'open') {
    return undefined;
  }
  if (row.conflicts > 0) {
    return {
      title: `An update of ${name} needs you`,
      description: `The ${row.noun} for ${what} is a draft: ${row.conflicts} ${
        row.conflicts === 1 ? 'file conflicts' : 'files conflict'
      }`,
      severity: 'normal',
    };
  }
  return {
    title: `An update of ${name} is proposed`,
    description: `A ${row.noun} for ${what} is open`,
    severity: 'normal',
  };
}

function rolloutText(row: RolloutRow, what: string): Message | undefined {
  switch (row.status) {
    case 'paused':
      return {
        title: `${what} is paused`,
        description: row.reason ?? '',
        severity: 'high',
      };
    case 'done':
      return {
        title: `${what} is done`,
        description: 'No request of it is open any more',
        severity: 'normal',
      };
    default:
      return undefined;
  }
}

function pageOf(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return ['/catalog', namespace, kind, name].join('/');
}

/** The page of the entity on which an update is looked at. */
function tabOf(entityRef: string): string {
  return `${pageOf(entityRef)}/golden-path`;
}
