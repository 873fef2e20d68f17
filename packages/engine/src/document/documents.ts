import {
  factsSchema,
  lockSchema,
  serviceFileSchema,
  templateManifestSchema,
  type Facts,
  type Lock,
  type ServiceFile,
  type TemplateManifest,
} from '../model';
import { parseDocument } from './parseDocument';

/** Facts list every file of a repository, so they may be larger than what people write. */
const MAX_FACTS_BYTES = 8 * 1024 * 1024;

type Source = { text: string; file: string };

/** Reads a service's `golden-path.yaml`. @throws DocumentError @public */
export function parseServiceFile(source: Source): ServiceFile {
  return parseDocument({ ...source, schema: serviceFileSchema });
}

/** Reads a service's `.golden-path.lock.yaml`. @throws DocumentError @public */
export function parseLock(source: Source): Lock {
  return parseDocument({ ...source, schema: lockSchema });
}

/**
 * Reads a template's `golden-path.template.yaml`. @throws DocumentError
 *
 * @public
 */
export function parseTemplateManifest(source: Source): TemplateManifest {
  return parseDocument({ ...source, schema: templateManifestSchema });
}

/**
 * Reads a facts file: facts of one entity by source, as JSON or YAML. @throws DocumentError
 *
 * @public
 */
export function parseFacts(source: Source): Facts {
  return parseDocument({
    ...source,
    schema: factsSchema,
    maxBytes: MAX_FACTS_BYTES,
  });
}
