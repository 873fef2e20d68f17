import { parseDocument } from '../document';
import {
  type TemplateMutations,
  templateMutationsSchema,
  type TemplateProof,
  templateProofSchema,
} from '../model';

type Source = { text: string; file: string };

/**
 * Reads a template's `proof.yaml`. @throws DocumentError
 *
 * @public
 */
export function parseTemplateProof(source: Source): TemplateProof {
  return parseDocument({ ...source, schema: templateProofSchema });
}

/**
 * Reads a template's `mutations.yaml`. @throws DocumentError
 *
 * @public
 */
export function parseTemplateMutations(source: Source): TemplateMutations {
  return parseDocument({ ...source, schema: templateMutationsSchema });
}
