/**
 * Takes a secret, also as Basic credentials carry it, out of an error: out of its message, its stack, and whatever
 * else it carries, which is left behind.
 */
export function redactError(error: unknown, secret: string | undefined): Error {
  const original = error instanceof Error ? error : new Error(String(error));
  if (!secret || secret.length === 0) {
    return original;
  }
  const redacted = new Error(redactText(original.message, secret));
  redacted.name = redactText(original.name, secret);
  redacted.stack = original.stack && redactText(original.stack, secret);
  return redacted;
}

function redactText(text: string, secret: string): string {
  return text
    .split(/([A-Za-z0-9+/]{8,}={0,2})/)
    .map(part =>
      Buffer.from(part, 'base64').toString('utf8').includes(secret)
        ? '***'
        : part,
    )
    .join('')
    .replaceAll(secret, '***')
    .replaceAll(encodeURIComponent(secret), '***');
}
