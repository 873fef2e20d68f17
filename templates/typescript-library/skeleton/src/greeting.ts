/** How to greet. */
export interface GreetingOptions {
  /** Greets by the time of day, in UTC, instead of plainly. */
  readonly at?: Date;
}

/**
 * Greets somebody by name.
 *
 * @param name - who is greeted, 1 to 64 characters
 * @param options - how to greet
 * @returns the greeting, ready to show
 * @throws RangeError when the name is empty or too long
 * @example
 * ```ts
 * greeting('Ada'); // 'Hello, Ada'
 * ```
 */
export function greeting(name: string, options: GreetingOptions = {}): string {
  if (name.length < 1 || name.length > 64) {
    throw new RangeError('A name has 1 to 64 characters');
  }
  const opening = options.at ? openingAt(options.at) : 'Hello';
  return `${opening}, ${name}`;
}

function openingAt(time: Date): string {
  const hour = time.getUTCHours();
  if (hour < 12) {
    return 'Good morning';
  }
  return hour < 18 ? 'Good afternoon' : 'Good evening';
}
