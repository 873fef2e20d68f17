import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { ownerOf } from '@goldenpath/backstage-plugin-golden-path-common';
import { Knex } from 'knex';
import { DriftLayerStore } from '../database/DriftLayerStore';
import { RolloutStore } from '../database/RolloutStore';
import { UpdateRow, UpdateStore } from '../database/UpdateStore';
import { TemplateReading } from '../drift/TemplateReader';
import { Notifier } from '../notifications/Notifier';
import { RolloutDriver } from '../rollouts/RolloutDriver';
import { RolloutHealth } from '../rollouts/RolloutHealth';
import { RolloutService } from '../rollouts/RolloutService';
import { EntityAccess } from '../service/EntityAccess';
import { HealthReader } from '../service/HealthReader';
import { Worker } from '../work/Worker';
import { WorkQueue } from '../work/WorkQueue';
import { UpdateConfig } from './config';
import { createFindSource } from './findSource';
import { UpdateFollower } from './UpdateFollower';
import { ClaimedUpdate, UpdateQueue } from './UpdateQueue';
import { UpdateRunner } from './UpdateRunner';
import { toUpdateRequest } from './updateRecord';
import { UpdateService } from './UpdateService';
import {
  ChangeHosts,
  DescribeUpdate,
  ProvenanceSource,
  PushChange,
  UpdatePlanner,
} from './UpdateSources';

const AT_ONCE = 2;

/** @internal */
export interface UpdateServicesOptions {
  knex: Knex;
  auth: AuthService;
  catalog: CatalogService;
  logger: LoggerService;
  notifications: NotificationService;
  config: UpdateConfig;
  access: EntityAccess;
  health: HealthReader;
  /** Of the evaluations. */
  queue: WorkQueue;
  hosts: ChangeHosts;
  planner: UpdatePlanner;
  provenance?: ProvenanceSource;
  describe: DescribeUpdate;
  push: PushChange;
  readTemplate(templateRef: string): Promise<TemplateReading>;
}

/** Puts together what proposes updates, follows them, and rolls versions out. @internal */
export function createUpdateServices(options: UpdateServicesOptions) {
  const { knex, auth, catalog, logger, config, hosts, queue } = options;
  const updates = new UpdateStore({ knex });
  const rollouts = new RolloutStore({ knex });
  const updateQueue = new UpdateQueue({ knex });
  const shared = {
    ...options,
    queue: updateQueue,
    updates,
    rollouts,
    findSource: createFindSource({ catalog, auth }),
  };
  const notifier = new Notifier({
    send: config.notifications
      ? message => options.notifications.send(message)
      : undefined,
    ownerOf: async entityRef => {
      const entity = await catalog.getEntityByRef(entityRef, {
        credentials: await auth.getOwnServiceCredentials(),
      });
      return entity && ownerOf(entity);
    },
    logger,
  });
  const driver = new RolloutDriver({
    ...shared,
    health: new RolloutHealth({ rollouts, health: options.health }),
    onChanged: row => notifier.rollout(row),
  });
  const onChanged = async (row: UpdateRow) => {
    if (row.state === 'merged') {
      await queue.enqueue(row.entity_ref, 'update-merged');
    }
    if (row.rollout_id !== null) {
      await driver.drive(row.rollout_id);
    }
  };
  const runner = new UpdateRunner({
    ...shared,
    author: config.author,
    onChanged: async row => {
      await notifier.update(row);
      await onChanged(row);
    },
  });
  return {
    findSource: shared.findSource,
    newest: async (entityRefs: string[]) =>
      (await updates.newest(entityRefs)).map(toUpdateRequest),
    updates: new UpdateService({
      ...shared,
      seeTemplate: (ref, credentials) =>
        options.access.entity(ref, credentials),
      refresh: entityRef => queue.enqueue(entityRef, 'refresh'),
    }),
    rollouts: new RolloutService({
      ...shared,
      driver,
      adopters: new DriftLayerStore({ knex }),
    }),
    driver,
    follower: new UpdateFollower({ ...shared, hosts, onChanged }),
    worker: new Worker<ClaimedUpdate>({
      queue: updateQueue,
      logger,
      concurrency: AT_ONCE,
      words: { verb: 'update', noun: 'update' },
      process: (work, signal) => runner.run(work, signal),
    }),
  };
}
