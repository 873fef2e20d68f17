import { z } from 'zod';
import { optionalTextSchema } from './repository';

/**
 * What whoever creates a deployment can say in its `payload`, at its top or under `goldenPath`. Anything else in it is
 * not read, and a field that is not as expected counts as not said.
 */
const payloadSchema = z.looseObject({
  kind: z.enum(['deploy', 'rollback', 'hotfix']).optional().catch(undefined),
  rollbackOf: z
    .union([z.string().min(1), z.int().transform(String)])
    .optional()
    .catch(undefined),
  fixes: z.array(z.string().min(1)).max(100).optional().catch(undefined),
  entityRef: optionalTextSchema.catch(undefined),
  service: optionalTextSchema.catch(undefined),
  artifactId: optionalTextSchema.catch(undefined),
});

/** What a deployment's payload says. */
export type DeploymentPayload = z.infer<typeof payloadSchema>;

function asObject(payload: unknown): Record<string, unknown> {
  if (typeof payload === 'string') {
    try {
      return asObject(JSON.parse(payload));
    } catch {
      return {};
    }
  }
  return typeof payload === 'object' && payload !== null
    ? (payload as Record<string, unknown>)
    : {};
}

/** Reads the payload of a deployment, an object or its JSON text. */
export function readDeploymentPayload(payload: unknown): DeploymentPayload {
  const { goldenPath, ...rest } = asObject(payload);
  return payloadSchema.parse({ ...rest, ...asObject(goldenPath) });
}
