import { InputError } from '@backstage/errors';
import {
  TemplateFilesResponse,
  TemplateResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import {
  TEMPLATE_MANIFEST_FILE,
  templateProofResultSchema,
} from '@goldenpath/engine';
import { Template } from '../drift/templateFiles';
import { TemplateReader } from '../drift/TemplateReader';

/** Tells what a template of the suite's kind is now: its version, its proof, its files. @internal */
export class TemplateDescriber {
  readonly #templates: Pick<TemplateReader, 'read'>;

  constructor(options: { templates: Pick<TemplateReader, 'read'> }) {
    this.#templates = options.templates;
  }

  /** @throws InputError for a template that cannot be read as one of the suite's, with the reason. */
  async describe(entityRef: string): Promise<TemplateResponse> {
    const template = await this.#read(entityRef);
    return {
      entityRef,
      version: template.manifest.version,
      inputDigest: template.digest,
      proof: proofOf(template),
    };
  }

  /** @throws InputError as {@link TemplateDescriber.describe}. */
  async files(entityRef: string): Promise<TemplateFilesResponse> {
    const { manifest, manifestText, parts } = await this.#read(entityRef);
    const files = parts.flatMap(({ folder, files: inFolder }) =>
      inFolder.map(file => ({
        path: folder === '' ? file.path : `${folder}/${file.path}`,
        content: Buffer.from(file.content),
      })),
    );
    return {
      entityRef,
      version: manifest.version,
      files: [
        { path: TEMPLATE_MANIFEST_FILE, content: Buffer.from(manifestText) },
        ...files.filter(({ path }) => path !== TEMPLATE_MANIFEST_FILE),
      ].map(({ path, content }) => ({
        path,
        base64Content: content.toString('base64'),
      })),
    };
  }

  async #read(entityRef: string): Promise<Template> {
    const reading = await this.#templates.read(entityRef);
    if (reading.status === 'unreadable') {
      throw new InputError(reading.reason);
    }
    return reading.template;
  }
}

function proofOf({
  manifest,
  digest,
  proofText,
}: Template): TemplateResponse['proof'] {
  const { version } = manifest;
  if (proofText === undefined) {
    return {
      status: 'missing',
      reason: `Version ${version} has no proof: run "golden-path template test" with --out proof/${version}.json and commit the file`,
    };
  }
  let result;
  try {
    result = templateProofResultSchema.parse(JSON.parse(proofText));
  } catch {
    return {
      status: 'unreadable',
      reason: `proof/${version}.json is no proof: write it again with "golden-path template test"`,
    };
  }
  const { template, outcome, reasons } = result.predicate;
  if (template.inputDigest !== digest || template.version !== version) {
    return {
      status: 'outdated',
      reason: `The template was changed after the proof of version ${template.version} was made`,
      result,
    };
  }
  return {
    status: outcome,
    ...(reasons.length > 0 && { reason: reasons.join('; ') }),
    result,
  };
}
