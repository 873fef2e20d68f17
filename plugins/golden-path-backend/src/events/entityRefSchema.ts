import {
  DEFAULT_NAMESPACE,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { z } from 'zod';

/** An entity reference as people write it, `[kind:][namespace/]name`, made full; kind defaults to component. @internal */
export const entityRefSchema = z
  .string()
  .min(1)
  .max(500)
  .transform((text, context) => {
    try {
      return stringifyEntityRef(
        parseEntityRef(text, {
          defaultKind: 'component',
          defaultNamespace: DEFAULT_NAMESPACE,
        }),
      );
    } catch {
      context.addIssue({
        code: 'custom',
        message: 'must be an entity reference such as component:default/pay',
      });
      return z.NEVER;
    }
  });
