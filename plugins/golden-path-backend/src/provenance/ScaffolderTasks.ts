import { AuthService } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import { RenderValues, taskValues } from '@goldenpath/engine';
import { z } from 'zod';

const PAGE = 100;
const MOST_TASKS = 1000;
const FETCH_ACTIONS = ['golden-path:fetch', 'fetch:template'];

const taskSchema = z.object({
  id: z.string(),
  spec: z.object({
    parameters: z.record(z.string(), z.unknown()).default({}),
    templateInfo: z.object({ entityRef: z.string() }),
    steps: z.array(
      z.object({
        action: z.string(),
        input: z
          .object({ values: z.record(z.string(), z.unknown()).default({}) })
          .partial()
          .optional(),
      }),
    ),
  }),
});

/** What a finished task tells of the service it made. @internal */
export interface CreationTask {
  taskId: string;
  templateRef: string;
  values: RenderValues;
  /** Values that cannot be known any more. */
  lost: string[];
}

interface FinishedTask {
  task: z.infer<typeof taskSchema>;
  /** Every text in its output. */
  output: string[];
}

/** Finds the scaffolder's task that made an entity, as long as it still exists. @internal */
export class ScaffolderTasks {
  readonly #scaffolder: Pick<ScaffolderService, 'listTasks' | 'getLogs'>;
  readonly #auth: AuthService;
  /** A finished task never changes. */
  readonly #finished = new Map<string, FinishedTask | undefined>();

  constructor(options: {
    scaffolder: Pick<ScaffolderService, 'listTasks' | 'getLogs'>;
    auth: AuthService;
  }) {
    this.#scaffolder = options.scaffolder;
    this.#auth = options.auth;
  }

  /** The newest task whose output names the entity or the place of its files. */
  async find(options: {
    entity: Entity;
    /** Address of the entity's files, where they have one. */
    url: string | undefined;
    signal: AbortSignal;
  }): Promise<CreationTask | undefined> {
    const { url, signal } = options;
    const entityRef = stringifyEntityRef(options.entity);
    const credentials = await this.#auth.getOwnServiceCredentials();
    for (let offset = 0; offset < MOST_TASKS; offset += PAGE) {
      signal.throwIfAborted();
      const { items } = await this.#scaffolder.listTasks(
        { status: 'completed', limit: PAGE, offset },
        { credentials },
      );
      for (const item of items) {
        const finished = await this.#read(item);
        if (finished?.output.some(text => names(text, { entityRef, url }))) {
          return creationOf(finished);
        }
      }
      if (items.length < PAGE) {
        break;
      }
    }
    return undefined;
  }

  async #read(item: { id: string }): Promise<FinishedTask | undefined> {
    if (!this.#finished.has(item.id)) {
      if (this.#finished.size >= MOST_TASKS) {
        this.#finished.clear();
      }
      this.#finished.set(item.id, await this.#readNow(item));
    }
    return this.#finished.get(item.id);
  }

  async #readNow(item: { id: string }): Promise<FinishedTask | undefined> {
    const task = taskSchema.safeParse(item);
    if (!task.success) {
      return undefined;
    }
    const credentials = await this.#auth.getOwnServiceCredentials();
    const events = await this.#scaffolder.getLogs(
      { taskId: item.id },
      { credentials },
    );
    const output = events
      .filter(event => event.type === 'completion')
      .flatMap(event => textsOf(event.body));
    return { task: task.data, output };
  }
}

function creationOf({ task }: FinishedTask): CreationTask | undefined {
  const step = task.spec.steps.find(({ action }) =>
    FETCH_ACTIONS.includes(action),
  );
  return (
    step && {
      taskId: task.id,
      templateRef: task.spec.templateInfo.entityRef,
      ...taskValues({
        values: step.input?.values ?? {},
        parameters: task.spec.parameters,
      }),
    }
  );
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(textsOf)
    : [];
}

function names(
  text: string,
  wanted: { entityRef: string; url: string | undefined },
): boolean {
  const { entityRef, url } = wanted;
  if (text.toLocaleLowerCase('en-US') === entityRef) {
    return true;
  }
  const place = text.replace(/(\.git)?\/*$/, '');
  return (
    url !== undefined &&
    /^https?:\/\/[^/]+\/[^/]+/.test(place) &&
    (url === place || url.startsWith(`${place}/`))
  );
}
