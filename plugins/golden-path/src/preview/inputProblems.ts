/** What the backend found wrong with what it was sent, one entry a line; `undefined` for any other failure. */
export function inputProblems(error: Error): string[] | undefined {
  const { statusCode, cause } = error as {
    statusCode?: unknown;
    cause?: { message?: string };
  };
  if (statusCode !== 400) {
    return undefined;
  }
  return (cause?.message || error.message)
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
}
