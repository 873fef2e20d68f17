/**
 * The JSON body of a response, read only as far as it may be long.
 *
 * @param maxBytes - largest size, as it comes after any compression.
 * @throws Error when the body is longer, or no JSON.
 * @public
 */
export async function readLimitedJson(
  response: Response,
  maxBytes: number,
): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) {
      throw new Error(
        `${response.url} answered with more than ${maxBytes} bytes`,
      );
    }
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (error) {
    throw new Error(
      `${response.url} did not answer with JSON: ${(error as Error).message}`,
    );
  }
}
