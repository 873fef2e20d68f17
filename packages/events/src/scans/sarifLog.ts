import { z } from 'zod';

/*
 * The fields of a SARIF 2.1.0 log that findings are made of; everything else may be there and is not read.
 */

const text = z.string().nullish();
const index = z.int().gte(-1).nullish();

const messageSchema = z.looseObject({
  text,
  markdown: text,
  id: text,
  arguments: z.array(z.string()).nullish(),
});

const propertiesSchema = z.record(z.string(), z.unknown()).nullish();

const levelSchema = z.enum(['none', 'note', 'warning', 'error']);

const configurationSchema = z.looseObject({ level: levelSchema.nullish() });

const toolComponentReferenceSchema = z.looseObject({
  index,
  guid: text,
  name: text,
});

const ruleReferenceSchema = z.looseObject({
  id: text,
  index,
  guid: text,
  toolComponent: toolComponentReferenceSchema.nullish(),
});

const ruleSchema = z.looseObject({
  id: z.string(),
  guid: text,
  name: text,
  deprecatedIds: z.array(z.string()).nullish(),
  shortDescription: messageSchema.nullish(),
  messageStrings: z.record(z.string(), messageSchema).nullish(),
  defaultConfiguration: configurationSchema.nullish(),
  helpUri: text,
  properties: propertiesSchema,
});

const toolComponentSchema = z.looseObject({
  name: z.string().min(1),
  guid: text,
  rules: z.array(ruleSchema).nullish(),
});

const artifactLocationSchema = z.looseObject({
  uri: text,
  uriBaseId: text,
  index,
});

const regionSchema = z.looseObject({
  snippet: z.looseObject({ text }).nullish(),
});

const locationSchema = z.looseObject({
  physicalLocation: z
    .looseObject({
      artifactLocation: artifactLocationSchema.nullish(),
      region: regionSchema.nullish(),
      contextRegion: regionSchema.nullish(),
    })
    .nullish(),
  logicalLocations: z
    .array(z.looseObject({ fullyQualifiedName: text, name: text }))
    .nullish(),
});

const resultSchema = z.looseObject({
  ruleId: text,
  ruleIndex: index,
  rule: ruleReferenceSchema.nullish(),
  kind: text,
  level: levelSchema.nullish(),
  message: messageSchema.nullish(),
  locations: z.array(locationSchema).nullish(),
  fingerprints: z.record(z.string(), z.string()).nullish(),
  partialFingerprints: z.record(z.string(), z.string()).nullish(),
  suppressions: z.array(z.looseObject({ status: text })).nullish(),
  baselineState: text,
  provenance: z.looseObject({ invocationIndex: index }).nullish(),
  hostedViewerUri: text,
  properties: propertiesSchema,
});

const invocationSchema = z.looseObject({
  executionSuccessful: z.boolean().nullish(),
  startTimeUtc: text,
  endTimeUtc: text,
  ruleConfigurationOverrides: z
    .array(
      z.looseObject({
        configuration: configurationSchema.nullish(),
        descriptor: ruleReferenceSchema.nullish(),
      }),
    )
    .nullish(),
});

const runSchema = z.looseObject({
  tool: z.looseObject({
    driver: toolComponentSchema,
    extensions: z.array(toolComponentSchema).nullish(),
  }),
  automationDetails: z.looseObject({ id: text }).nullish(),
  invocations: z.array(invocationSchema).nullish(),
  artifacts: z
    .array(z.looseObject({ location: artifactLocationSchema.nullish() }))
    .nullish(),
  originalUriBaseIds: z.record(z.string(), artifactLocationSchema).nullish(),
  externalPropertyFileReferences: z
    .looseObject({ results: z.array(z.unknown()).nullish() })
    .nullish(),
  results: z.array(resultSchema).nullish(),
});

/** A SARIF log, as far as it is read. */
export const sarifLogSchema = z.looseObject({
  version: z.literal('2.1.0', {
    error: "must be '2.1.0'; let the scanner write SARIF 2.1.0",
  }),
  runs: z.array(runSchema).nullable(),
});

export type SarifRun = z.infer<typeof runSchema>;
export type SarifResult = z.infer<typeof resultSchema>;
export type SarifRule = z.infer<typeof ruleSchema>;
export type SarifLevel = z.infer<typeof levelSchema>;
export type SarifMessage = z.infer<typeof messageSchema>;
export type SarifRuleReference = z.infer<typeof ruleReferenceSchema>;
