import type { VexContent } from '@goldenpath/engine';
import { z } from 'zod';

/** A date and time with its offset. */
export const instantSchema = z.iso.datetime({
  offset: true,
  error: 'must be a date and time with Z or an offset (RFC 3339)',
});

/** What a VEX document says, whatever its format. */
export interface StatedVex {
  /** The document's own id. */
  source: string;
  version: string;
  /** When it was written, as it says itself. */
  statedAt?: string;
  statements: VexContent['statements'];
}
