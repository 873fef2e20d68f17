import { InputError } from '@backstage/errors';
import { WebhookRequest } from '@goldenpath/backstage-plugin-golden-path-node';

/** The body as JSON. @internal */
export function parseJsonBody({ rawBody }: WebhookRequest): unknown {
  return parseJson(rawBody.toString('utf8'));
}

/** The body as JSON, or as a form with the JSON in `payload`, which GitHub sends unless told otherwise. @internal */
export function parsePayload(request: WebhookRequest): unknown {
  const mediaType = request.headers['content-type'] ?? '';
  if (!mediaType.startsWith('application/x-www-form-urlencoded')) {
    return parseJsonBody(request);
  }
  const form = new URLSearchParams(request.rawBody.toString('utf8'));
  return parseJson(form.get('payload') ?? '');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`The body is not JSON: ${(error as Error).message}`);
  }
}
