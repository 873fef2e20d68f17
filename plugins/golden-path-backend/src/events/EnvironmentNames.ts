/** Patterns with `*` by the name of the environment that they mean. @internal */
export type EnvironmentAliases = Record<string, string[]>;

/**
 * One name for each environment: senders call the same one `prod`, `live` or `production-eu`. Upper and lower case are
 * the same; of several patterns that fit, the first counts.
 * @internal
 */
export class EnvironmentNames {
  readonly #rules: { name: string; fits: RegExp }[];

  /** Later aliases are asked when no earlier one fits. */
  constructor(...aliases: EnvironmentAliases[]) {
    this.#rules = aliases.flatMap(some =>
      Object.entries(some).flatMap(([name, patterns]) =>
        [name, ...patterns].map(pattern => ({ name, fits: toRegExp(pattern) })),
      ),
    );
  }

  /** The name an environment goes by here; its own when no alias fits. */
  nameOf(environment: string): string {
    const rule = this.#rules.find(({ fits }) => fits.test(environment));
    return rule?.name ?? environment;
  }

  /**
   * The body of an event with the environment under the name it goes by here. What its sender called it is kept as
   * `environment.name`.
   */
  rename(body: unknown): unknown {
    const subject = (
      body as {
        subject?: { content?: { environment?: { id?: unknown } } };
      } | null
    )?.subject;
    const environment = subject?.content?.environment;
    if (typeof environment?.id !== 'string') {
      return body;
    }
    const name = this.nameOf(environment.id);
    if (name === environment.id) {
      return body;
    }
    return {
      ...(body as object),
      subject: {
        ...subject,
        content: {
          ...subject!.content,
          environment: { name: environment.id, ...environment, id: name },
        },
      },
    };
  }
}

function toRegExp(pattern: string): RegExp {
  const parts = pattern
    .split('*')
    .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'i');
}
