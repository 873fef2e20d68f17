import { z } from 'zod';
import { entityRefSchema } from '../events/entityRefSchema';
import { isWellFormed } from '../events/entityHints';

const text = z
  .string()
  .min(1)
  .max(2_048)
  .refine(
    value => !value.includes('\0') && isWellFormed(value),
    'must be well-formed text without NUL',
  );

/** What the address of `POST /v1/findings` says of the SARIF log in its body. @internal */
export const findingsQuerySchema = z.strictObject({
  entityRef: entityRefSchema,
  sha: text.optional(),
  artifactId: text.optional(),
  environment: text.optional(),
  category: text.optional(),
});

/** Of `POST /v1/vex`. @internal */
export const vexQuerySchema = z.strictObject({ entityRef: entityRefSchema });

/** Of `POST /v1/flags`. @internal */
export const flagsQuerySchema = z.strictObject({
  entityRef: entityRefSchema,
  environment: text.default('production'),
  /** By default told by the document itself. */
  provider: z.enum(['unleash', 'flagd']).optional(),
});

/** Of `POST /v1/costs`, whose body names the entities. @internal */
export const costsQuerySchema = z.strictObject({
  environment: text.optional(),
  /** Of OpenCost, which names none. ISO 4217. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be a currency such as USD')
    .optional(),
  /** Of OpenCost; tells several clusters apart. */
  cluster: text.optional(),
});
