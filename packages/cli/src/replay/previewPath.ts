import { type PathComparison, pathComparisonSchema } from '@goldenpath/engine';
import { askBackend } from '../backend/askBackend';

/**
 * Lets a backend say what a path would do to its entities.
 *
 * @throws When the backend cannot be reached, refuses, or answers something else.
 */
export async function previewPath(options: {
  url: string;
  text: string;
  days: number;
}): Promise<PathComparison> {
  const { url, text, days } = options;
  return askBackend({
    url,
    path: '/v1/paths/preview',
    method: 'POST',
    body: JSON.stringify({ text, days }),
    schema: pathComparisonSchema,
    may: 'may preview paths',
  });
}
