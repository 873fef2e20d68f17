import { InputError } from '@backstage/errors';

/** Shorter secrets are only looked for as whole values, since they occur in other text by chance. */
const MIN_CONTAINED_LENGTH = 8;

/**
 * Refuses values that are or contain a secret: they would be rendered into files and written to the lock, in clear.
 *
 * @throws InputError naming the value's key, never the secret.
 */
export function refuseSecretValues(options: {
  values: unknown;
  secrets: Iterable<string>;
}): void {
  const secrets = [...options.secrets].filter(secret => secret !== '');
  const visit = (value: unknown, key: string) => {
    if (typeof value === 'object' && value !== null) {
      for (const [name, item] of Object.entries(value)) {
        const path = key ? `${key}.${name}` : name;
        visit(item, path);
        if (holdsSecret(name, secrets)) {
          throw new InputError(
            `A key in the value '${key || 'values'}' holds a secret`,
          );
        }
      }
    } else if (holdsSecret(value, secrets)) {
      throw new InputError(
        `The value '${key}' holds a secret; values are rendered into files and recorded in the lock, so let the service read the secret where it runs instead`,
      );
    }
  };
  visit(options.values, '');
}

function holdsSecret(value: unknown, secrets: string[]): boolean {
  const text = String(value);
  return secrets.some(
    secret =>
      text === secret ||
      (secret.length >= MIN_CONTAINED_LENGTH && text.includes(secret)),
  );
}
