import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const PREFIX = 'gplg_';
const SECRET_BYTES = 32;

/** A new push token: a prefix that secret scanners can look for, then 256 random bits in base64url. */
export function createPushToken(): string {
  return `${PREFIX}${randomBytes(SECRET_BYTES).toString('base64url')}`;
}

/** SHA-256 of a token in hexadecimal, which is all that is stored of it. */
export function digestOfToken(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex');
}

/** Whether a token has this digest; takes the same time wherever they differ. */
export function tokenMatches(options: {
  token: string;
  digest: string;
}): boolean {
  const presented = Buffer.from(digestOfToken(options.token), 'hex');
  const stored = Buffer.from(options.digest, 'hex');
  return (
    presented.length === stored.length && timingSafeEqual(presented, stored)
  );
}
