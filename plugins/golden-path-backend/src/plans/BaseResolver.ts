import { UrlReaderService } from '@backstage/backend-plugin-api';
import {
  digestOf,
  Layer,
  LockedFile,
  RENDER_ENGINE,
  SourceFile,
} from '@goldenpath/engine';
import { readTree } from '../collectors/readTree';
import { TreeLimits } from '../collectors/walkFolder';
import { ContentStore } from '../database/ContentStore';
import { RenderingStore } from '../database/RenderingStore';
import { Template, templateFromFiles } from '../drift/templateFiles';
import { describeError } from '../service/describeError';
import { TemplateVersions } from '../versions/TemplateVersions';
import { Renderer } from './Renderer';
import { urlAtCommit } from './urlAtCommit';

/** What a layer was stamped with, as far as it could be had. @internal */
export interface ResolvedBase {
  /** Only files that are, digest by digest, what the lock says. */
  files: SourceFile[];
  /**
   * Where they are from: `service` when the service has all of them unchanged, `stored` from an earlier rendering,
   * `rendered` from a version that is kept, `read` from the template's repository at the lock's commit.
   */
  source: 'service' | 'stored' | 'rendered' | 'read' | 'none';
  /** Why some are missing, if so. */
  problem?: string;
}

/** @internal */
export interface BaseResolverOptions {
  versions: TemplateVersions;
  renderings: RenderingStore;
  contents: ContentStore;
  renderer: Renderer;
  urlReader: UrlReaderService;
  limits: TreeLimits;
  now?: () => Date;
}

type Wanted = Map<string, LockedFile>;
type Found = Map<string, SourceFile>;

/** Finds the contents that a layer was stamped with; none is believed but for its digest. @internal */
export class BaseResolver {
  readonly #options: BaseResolverOptions;

  constructor(options: BaseResolverOptions) {
    this.#options = options;
  }

  /**
   * The base of a layer. What cannot be had is left out, and `problem` says why.
   *
   * @param options.ours - files of the service, of which those that are as stamped need no looking for
   */
  async resolve(options: {
    layer: Layer;
    ours?: readonly SourceFile[];
    signal: AbortSignal;
  }): Promise<ResolvedBase> {
    const { layer, signal } = options;
    const locked = layer.rendered.files;
    const wanted: Wanted = new Map(Object.entries(locked));
    const found: Found = new Map();
    take(wanted, found, options.ours ?? []);
    const reply = (source: ResolvedBase['source'], problem?: string) => ({
      files: [...found.values()],
      source,
      ...(problem !== undefined && { problem }),
    });
    if (wanted.size === 0) {
      return reply('service');
    }
    await this.#takeStored(layer, wanted, found);
    if (wanted.size === 0) {
      return reply('stored');
    }
    const origin = await this.#origin(layer, signal);
    if ('problem' in origin) {
      const source = found.size > 0 ? 'stored' : 'none';
      return reply(source, origin.problem);
    }
    const problem = await this.#takeRendered(layer, origin.template, {
      wanted,
      found,
    });
    return reply(origin.source, wanted.size > 0 ? problem : undefined);
  }

  /** By the rendering's digest; and each by its own, since files held at older versions are of several renderings. */
  async #takeStored(layer: Layer, wanted: Wanted, found: Found): Promise<void> {
    const { renderings, contents } = this.#options;
    take(wanted, found, (await renderings.read(layer.rendered.digest)) ?? []);
    if (wanted.size === 0) {
      return;
    }
    const stored = await contents.read(
      [...wanted.values()].map(({ sha256 }) => sha256),
    );
    for (const [path, { sha256, mode }] of [...wanted]) {
      const content = stored.get(sha256);
      if (content) {
        take(wanted, found, [{ path, mode, content }]);
      }
    }
  }

  /** Renders the version again; what is wrong with the outcome, if anything. */
  async #takeRendered(
    layer: Layer,
    template: Template,
    { wanted, found }: { wanted: Wanted; found: Found },
  ): Promise<string> {
    const { renderer, renderings, versions, now } = this.#options;
    const { values, engine } = layer.render;
    const { entityRef, inputDigest } = layer.template;
    try {
      const rendered = renderer.render({ template, values });
      take(wanted, found, rendered.files);
      if (rendered.digest === layer.rendered.digest) {
        await renderings.keep(
          {
            templateRef: entityRef,
            inputDigest,
            engine: RENDER_ENGINE,
            files: rendered.files,
          },
          now?.() ?? new Date(),
        );
      }
    } catch (error) {
      return `base not reproducible: version ${
        layer.template.version
      } does not render any more: ${describeError(error)}`;
    }
    const held = new Set(
      [...wanted.values()].flatMap(file => file.heldAt ?? []),
    );
    for (const version of held) {
      const older = await versions.byVersion(entityRef, version);
      if (older) {
        take(wanted, found, renderedOrNothing(renderer, older, values));
      }
    }
    return `base not reproducible: ${engine} / ${RENDER_ENGINE}`;
  }

  /** The version that the lock names, with its files. */
  async #origin(
    layer: Layer,
    signal: AbortSignal,
  ): Promise<
    { template: Template; source: 'rendered' | 'read' } | { problem: string }
  > {
    const { versions } = this.#options;
    const { entityRef, inputDigest, version } = layer.template;
    const kept = await versions.read(entityRef, inputDigest);
    if (kept) {
      return { template: kept, source: 'rendered' };
    }
    const reason = await versions.problem(entityRef, inputDigest);
    if (reason !== undefined) {
      return { problem: `Version ${version} of ${entityRef}: ${reason}` };
    }
    try {
      const template = await this.#readAtCommit(layer, signal);
      await versions.register(entityRef, template, { origin: 'lock' });
      return { template, source: 'read' };
    } catch (error) {
      signal.throwIfAborted();
      return {
        problem: `Version ${version} of ${entityRef} was never seen here, and could not be read from where the lock says: ${describeError(
          error,
        )}`,
      };
    }
  }

  /** A lock is written by services: what it leads to counts only when it is what the lock's digest says. */
  async #readAtCommit(layer: Layer, signal: AbortSignal): Promise<Template> {
    const { urlReader, limits } = this.#options;
    const { source, inputDigest } = layer.template;
    const url =
      source.type === 'git' && source.commit !== null
        ? urlAtCommit(source.url, source.commit)
        : undefined;
    if (url === undefined) {
      throw new Error(
        `${source.url} has no address of a commit that can be read`,
      );
    }
    const tree = await readTree({
      location: { type: 'url', url },
      urlReader,
      limits,
      signal,
    });
    if (!tree) {
      throw new Error(`${url} could not be read`);
    }
    const template = templateFromFiles(tree.files, {
      url: source.url,
      commit: source.commit,
    });
    if (template.digest !== inputDigest) {
      throw new Error(`${url} holds other files than the lock was made from`);
    }
    return template;
  }
}

/** Moves those of the files that are wanted, byte for byte, to what is found. */
function take(
  wanted: Wanted,
  found: Found,
  files: readonly SourceFile[],
): void {
  for (const file of files) {
    const locked = wanted.get(file.path);
    if (locked && locked.sha256 === digestOf(file.content)) {
      found.set(file.path, { ...file, mode: locked.mode });
      wanted.delete(file.path);
    }
  }
}

function renderedOrNothing(
  renderer: Renderer,
  template: Template,
  values: Layer['render']['values'],
): readonly SourceFile[] {
  try {
    return renderer.render({ template, values }).files;
  } catch {
    // An older version may lack what the values say now; its files are then missing like any other
    return [];
  }
}
