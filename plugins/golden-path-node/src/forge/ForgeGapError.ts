/** Thrown where a part of the `forge` fact cannot be known; the message is the reason shown to people. @public */
export class ForgeGapError extends Error {
  override readonly name = 'ForgeGapError';
}
