import {
  checkSummariesResponseSchema,
  driftResponseSchema,
  eventsResponseSchema,
  historyResponseSchema,
  ingestResponseSchema,
  pathResponseSchema,
  pathsResponseSchema,
  refreshResponseSchema,
  scorecardResponseSchema,
  scorecardsResponseSchema,
  sourcesResponseSchema,
  summaryResponseSchema,
  templateFilesResponseSchema,
  templateResponseSchema,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { pathComparisonSchema } from '@goldenpath/engine';
import { z } from 'zod';
import { gateComponents } from './gateSpec';
import { healthComponents } from './healthSpec';
import { ingestComponents } from './ingestSpec';
import { planComponents } from './planSpec';
import { templateFleetComponents } from './templateFleetSpec';
import { rolloutComponents } from './rolloutSpec';
import { updateComponents } from './updateSpec';
import { waiverComponents } from './waiverSpec';

/** The replies of the API by the name of their OpenAPI component. @internal */
export const replySchemas = {
  CheckSummaries: checkSummariesResponseSchema,
  Drift: driftResponseSchema,
  Events: eventsResponseSchema,
  History: historyResponseSchema,
  Ingest: ingestResponseSchema,
  Path: pathResponseSchema,
  PathComparison: pathComparisonSchema,
  Paths: pathsResponseSchema,
  Refresh: refreshResponseSchema,
  Scorecard: scorecardResponseSchema,
  Scorecards: scorecardsResponseSchema,
  Sources: sourcesResponseSchema,
  Summary: summaryResponseSchema,
  Template: templateResponseSchema,
  TemplateFiles: templateFilesResponseSchema,
  ...gateComponents,
  ...healthComponents,
  ...ingestComponents,
  ...planComponents,
  ...templateFleetComponents,
  ...updateComponents,
  ...rolloutComponents,
  ...waiverComponents,
};

/** The zod contract as OpenAPI components, so that neither is written twice. @internal */
export function openApiComponents(): Record<string, object> {
  return Object.fromEntries(
    Object.entries(replySchemas).map(([name, schema]) => [
      name,
      toComponent(schema),
    ]),
  );
}

function toComponent(schema: z.ZodType): object {
  const { $schema, $defs, ...component } = z.toJSONSchema(schema, {
    unrepresentable: 'any',
    reused: 'inline',
  });
  return anyInPlaceOfRefs(component) as object;
}

/** The one recursive type of the contract is JSON itself, which `{}` describes as well. */
function anyInPlaceOfRefs(node: unknown): unknown {
  if (Array.isArray(node)) {
    return node.map(anyInPlaceOfRefs);
  }
  if (typeof node !== 'object' || node === null) {
    return node;
  }
  if ('$ref' in node) {
    return {};
  }
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, anyInPlaceOfRefs(value)]),
  );
}
