import { createHash } from 'node:crypto';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  FactCollector,
  FactCollectorRequest,
  FactCollectorResult,
} from '@goldenpath/backstage-plugin-golden-path-node';
import {
  type FactSchema,
  type FlagObservation,
  flagsContentSchema,
} from '@goldenpath/engine';
import { translateFlags } from '@goldenpath/events';
import { z } from 'zod';
import type { UnleashConfig } from './config';
import { type FlagsData, flagsDataOf, flagsDataSchema } from './flagsData';
import { ProjectFlags } from './ProjectFlags';
import { type Feature, UnleashClient } from './UnleashClient';

const ANNOTATION = 'golden-path.dev/unleash-';

/** Which flags are those of an entity; what is not given does not limit them. */
interface Selection {
  project?: string;
  tag?: string;
  prefix?: string;
}

function selectionOf({ metadata }: Entity): Selection {
  const read = (part: string) =>
    metadata.annotations?.[`${ANNOTATION}${part}`]?.trim() || undefined;
  const tag = read('tag');
  return {
    project: read('project'),
    // A tag without a type is of the type that every Unleash has
    tag: tag === undefined || tag.includes(':') ? tag : `simple:${tag}`,
    prefix: read('prefix'),
  };
}

function isSelected({ name, tags }: Feature, { tag, prefix }: Selection) {
  return (
    (prefix === undefined || name.startsWith(prefix)) &&
    (tag === undefined ||
      (tags ?? []).some(({ type, value }) => `${type}:${value}` === tag))
  );
}

/** Changes with the flags and with the day, and not each time a flag is evaluated. */
function etagOf(
  data: FlagsData,
  flags: readonly FlagObservation[],
  now: Date,
): string {
  const lasting = flags.map(({ lastEvaluatedAt: _, ...flag }) => flag);
  const stale = data.stale.map(({ lastEvaluatedAt: _, ...flag }) => flag);
  const digest = createHash('sha256')
    .update(JSON.stringify([lasting, { ...data, stale }]))
    .digest('hex');
  return `${now.toISOString().slice(0, 10)}/${digest}`;
}

/**
 * Collects `flags`: the feature flags of an entity as Unleash knows them. They become an event once a day, and when
 * something other than their evaluation changed.
 * @internal
 */
export class FlagsCollector implements FactCollector {
  readonly id = 'flags';
  readonly ttl = { hours: 2 };
  readonly schema: FactSchema = z.toJSONSchema(flagsDataSchema);
  readonly #config: UnleashConfig;
  readonly #now: () => Date;
  readonly #projects: ProjectFlags;

  constructor(config: UnleashConfig, options: { now?: () => Date } = {}) {
    this.#config = config;
    this.#now = options.now ?? (() => new Date());
    this.#projects = new ProjectFlags({
      client: new UnleashClient(config),
      now: this.#now,
    });
  }

  async collect(request: FactCollectorRequest): Promise<FactCollectorResult> {
    const { entity, previousEtag, signal } = request;
    const selection = selectionOf(entity);
    if (!selection.project && !selection.tag && !selection.prefix) {
      return {
        status: 'absent',
        reason: `The entity does not say which flags of Unleash are its own; set the annotation ${ANNOTATION}project, ${ANNOTATION}tag or ${ANNOTATION}prefix`,
      };
    }
    const { environment, project, url } = this.#config;
    const snapshot = await this.#projects.of(
      selection.project ?? project,
      signal,
    );
    const features = snapshot.features
      .filter(feature => isSelected(feature, selection))
      .sort((a, b) => Number(a.name > b.name) - Number(a.name < b.name));
    const document = { ...snapshot.environment, features };
    const now = this.#now();
    const { events } = translateFlags({
      ...{ document, environment, provider: 'unleash', at: now },
      entityRef: stringifyEntityRef(entity),
      source: url.href.replace(/\/$/, ''),
    });
    const { flags } = flagsContentSchema
      .pick({ flags: true })
      .parse({ flags: events[0].subject.content.flags });
    const data = flagsDataOf(flags, {
      ...{ environment, now },
      types: new Map(features.map(({ name, type }) => [name, String(type)])),
      lifetimes: snapshot.lifetimes,
    });
    const etag = etagOf(data, flags, now);
    return etag === previousEtag
      ? { status: 'unchanged' }
      : { status: 'collected', data, etag, events };
  }
}
