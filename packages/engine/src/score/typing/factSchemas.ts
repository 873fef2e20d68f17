import { z } from 'zod';
import {
  catalogDataSchema,
  costDataSchema,
  driftDataSchema,
  forgeDataSchema,
  healthDataSchema,
  sloDataSchema,
} from '../../model';
import { repositoryDataSchema } from '../../repository/repositoryData';
import type { FactSchema } from './factType';

/**
 * Schemas of the facts that the suite itself collects, or whose shape its paths rest on, by source. Expressions of a path are checked against them when
 * it is loaded.
 *
 * @public
 */
export const FACT_SCHEMAS: Readonly<Record<string, FactSchema>> = {
  repository: z.toJSONSchema(repositoryDataSchema),
  forge: z.toJSONSchema(forgeDataSchema),
  catalog: z.toJSONSchema(catalogDataSchema),
  drift: z.toJSONSchema(driftDataSchema),
  health: z.toJSONSchema(healthDataSchema),
  slo: z.toJSONSchema(sloDataSchema),
  cost: z.toJSONSchema(costDataSchema),
};
