/**
 * A message that is not what it says it is: a field that is missing, of another type or beyond its limit. The
 * message names the field and what was expected.
 *
 * @public
 */
export class TranslationError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TranslationError';
  }
}
