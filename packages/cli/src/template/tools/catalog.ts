import {
  DefaultNamespaceEntityPolicy,
  type Entity,
  EntityPolicies,
  FieldFormatEntityPolicy,
  NoForeignRootFieldsEntityPolicy,
  SchemaValidEntityPolicy,
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  resourceEntityV1alpha1Validator,
  systemEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import fs from 'node:fs/promises';
import { parseAllDocuments } from 'yaml';
import { matching, type TemplateTool } from './templateTool';

const VALIDATORS = {
  Component: componentEntityV1alpha1Validator,
  API: apiEntityV1alpha1Validator,
  Resource: resourceEntityV1alpha1Validator,
  System: systemEntityV1alpha1Validator,
};

const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new DefaultNamespaceEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

/** A catalog puts text in place of `$text: ./openapi.yaml` before it looks at an entity. */
function withoutPlaceholders(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutPlaceholders);
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  const entries = Object.entries(value);
  return entries.length === 1 && entries[0][0].startsWith('$')
    ? 'placeholder'
    : Object.fromEntries(
        entries.map(([key, one]) => [key, withoutPlaceholders(one)]),
      );
}

async function problemOf(entity: Entity): Promise<string | undefined> {
  try {
    const enforced = (await policy.enforce(entity)) ?? entity;
    const validator = Object.entries(VALIDATORS).find(
      ([kind]) => kind === enforced.kind,
    )?.[1];
    if (validator && !(await validator.check(enforced))) {
      return `The catalog does not take it as a ${enforced.kind}`;
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Catalog files by the rules of Backstage's own catalog. */
export const catalogModel: TemplateTool = {
  name: '@backstage/catalog-model',
  how: 'It is part of this package',
  reads: texts => matching(texts, /(^|\/)catalog-info\.ya?ml$/),
  version: async () => {
    const manifest = require.resolve('@backstage/catalog-model/package.json');
    return JSON.parse(await fs.readFile(manifest, 'utf8')).version;
  },
  async run({ texts }, files) {
    const findings = await Promise.all(
      files.flatMap(file =>
        parseAllDocuments(texts.get(file) ?? '').map(async document => {
          const entity = withoutPlaceholders(
            document.toJS({ maxAliasCount: 100 }),
          ) as Entity;
          const message = await problemOf(entity);
          return message ? [{ file, rule: 'entity', message }] : [];
        }),
      ),
    );
    return findings.flat();
  },
};
