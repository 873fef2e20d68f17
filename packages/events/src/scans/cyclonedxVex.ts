import type { VexContent } from '@goldenpath/engine';
import { z } from 'zod';
import { instantSchema, type StatedVex } from './vexStatement';

const text = z.string().min(1);

interface Component {
  'bom-ref'?: string;
  purl?: string;
  components?: Component[];
}

const componentSchema: z.ZodType<Component> = z.lazy(() =>
  z.looseObject({
    'bom-ref': text.optional(),
    purl: text.optional(),
    components: z.array(componentSchema).optional(),
  }),
);

const vulnerabilitySchema = z.looseObject({
  id: text.optional(),
  references: z.array(z.looseObject({ id: text.optional() })).optional(),
  analysis: z
    .looseObject({
      state: z.enum([
        'resolved',
        'resolved_with_pedigree',
        'exploitable',
        'in_triage',
        'false_positive',
        'not_affected',
      ]),
      justification: text.optional(),
      detail: z.string().optional(),
    })
    .optional(),
  affects: z.array(z.looseObject({ ref: text })).optional(),
});

/** A CycloneDX document with vulnerabilities, as far as it is read. */
export const cyclonedxVexSchema = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  serialNumber: text.optional(),
  version: z.number().optional(),
  metadata: z
    .looseObject({
      timestamp: instantSchema.optional(),
      component: componentSchema.optional(),
    })
    .optional(),
  components: z.array(componentSchema).optional(),
  vulnerabilities: z.array(vulnerabilitySchema).optional(),
});

type Document = z.infer<typeof cyclonedxVexSchema>;

/** Package URLs by reference, of all components however deep. */
function purlsOf(document: Document): Map<string, string> {
  const purls = new Map<string, string>();
  const open = [
    ...(document.components ?? []),
    ...[document.metadata?.component ?? []].flat(),
  ];
  for (let component = open.pop(); component; component = open.pop()) {
    if (component['bom-ref'] && component.purl) {
      purls.set(component['bom-ref'], component.purl);
    }
    open.push(...(component.components ?? []));
  }
  return purls;
}

/** A reference into this document, or into another by a BOM-Link, which may end in a package URL. */
function packageOfRef(
  ref: string,
  purls: ReadonlyMap<string, string>,
): string | undefined {
  const last = ref.startsWith('urn:cdx:')
    ? decodeURIComponent(ref.slice(ref.indexOf('#') + 1))
    : ref;
  return purls.get(last) ?? (last.startsWith('pkg:') ? last : undefined);
}

/**
 * The statements of a CycloneDX document: its vulnerabilities with an `analysis`. One that affects something whose
 * package is not known is left out, since without a package it would hold for all.
 */
export function statementsOfCyclonedx(
  document: Document,
): StatedVex & { unplaced: string[] } {
  const purls = purlsOf(document);
  const statements: VexContent['statements'] = [];
  const unplaced: string[] = [];
  for (const vulnerability of document.vulnerabilities ?? []) {
    const { analysis, affects, id, references } = vulnerability;
    const ids = [id, ...(references ?? []).map(one => one.id)].filter(
      one => one !== undefined,
    );
    if (!analysis || ids.length === 0) {
      continue;
    }
    const refs = (affects ?? []).map(({ ref }) => ref);
    const packages = refs
      .map(ref => packageOfRef(ref, purls))
      .filter(purl => purl !== undefined);
    const isWhole = refs.includes(
      document.metadata?.component?.['bom-ref'] ?? '',
    );
    if (refs.length > 0 && packages.length === 0 && !isWhole) {
      unplaced.push(ids[0]);
      continue;
    }
    const justification = analysis.justification ?? analysis.detail;
    for (const one of new Set(ids)) {
      statements.push({
        vulnerability: one,
        ...(packages.length > 0 && !isWhole ? { products: packages } : {}),
        status:
          analysis.state === 'resolved_with_pedigree'
            ? 'resolved'
            : analysis.state,
        ...(justification
          ? { justification: justification.slice(0, 1_000) }
          : {}),
      });
    }
  }
  return {
    source: document.serialNumber ?? '',
    version: String(document.version ?? ''),
    statedAt: document.metadata?.timestamp,
    statements,
    unplaced,
  };
}
