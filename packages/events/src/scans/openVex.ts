import type { VexContent } from '@goldenpath/engine';
import { z } from 'zod';
import { instantSchema, type StatedVex } from './vexStatement';

const text = z.string().min(1);

const componentSchema = z.looseObject({
  '@id': text.optional(),
  identifiers: z.looseObject({ purl: text.optional() }).optional(),
});

const statementSchema = z.looseObject({
  // A text in the drafts before 0.2
  vulnerability: z.union([
    text,
    z.looseObject({
      name: text,
      aliases: z.array(text).optional(),
    }),
  ]),
  products: z
    .array(
      z.union([
        text,
        componentSchema.extend({
          subcomponents: z.array(componentSchema).optional(),
        }),
      ]),
    )
    .optional(),
  status: z.enum(['not_affected', 'affected', 'fixed', 'under_investigation'], {
    error:
      "must be 'not_affected', 'affected', 'fixed' or 'under_investigation'",
  }),
  justification: text.optional(),
  impact_statement: text.optional(),
});

/** An OpenVEX document, as far as it is read. */
export const openVexSchema = z.looseObject({
  '@context': z
    .string()
    .regex(
      /^https:\/\/openvex\.dev\/ns(?:\/v0\.\d+\.\d+)?$/,
      'must be https://openvex.dev/ns/v0.2.0',
    ),
  '@id': text,
  version: z.union([z.number(), text]).optional(),
  timestamp: instantSchema.optional(),
  last_updated: instantSchema.optional(),
  statements: z.array(statementSchema),
});

type Component = z.infer<typeof componentSchema>;

function purlOf({ '@id': id, identifiers }: Component): string | undefined {
  return identifiers?.purl ?? (id?.startsWith('pkg:') ? id : undefined);
}

/**
 * What a statement is about: the named parts of its products, else the products themselves. `undefined`, for every package,
 * where one of them has no package URL: such a product is the entity as a whole.
 */
function packagesOf(
  products: z.infer<typeof statementSchema>['products'],
): string[] | undefined {
  const packages: string[] = [];
  for (const product of products ?? []) {
    const whole: Component & { subcomponents?: Component[] } =
      typeof product === 'string' ? { '@id': product } : product;
    const parts = whole.subcomponents ?? [whole];
    for (const part of parts.length > 0 ? parts : [whole]) {
      const purl = purlOf(part);
      if (purl === undefined) {
        return undefined;
      }
      packages.push(purl);
    }
  }
  return packages.length > 0 ? packages : undefined;
}

/** The statements of an OpenVEX document, one for each id of a vulnerability. */
export function statementsOfOpenVex(
  document: z.infer<typeof openVexSchema>,
): StatedVex {
  const statements: VexContent['statements'] = [];
  for (const statement of document.statements) {
    const { vulnerability, products, status } = statement;
    const ids =
      typeof vulnerability === 'string'
        ? [vulnerability]
        : [vulnerability.name, ...(vulnerability.aliases ?? [])];
    const packages = packagesOf(products);
    const justification = statement.justification ?? statement.impact_statement;
    for (const id of new Set(ids)) {
      statements.push({
        vulnerability: id,
        ...(packages ? { products: packages } : {}),
        status,
        ...(justification
          ? { justification: justification.slice(0, 1_000) }
          : {}),
      });
    }
  }
  return {
    source: document['@id'],
    version: String(document.version ?? ''),
    statedAt: document.last_updated ?? document.timestamp,
    statements,
  };
}
