import {
  resolveSafeChildPath,
  type RootConfigService,
  type UrlReaderService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  buildLayer,
  type RenderValues,
  renderTemplate,
  TEMPLATE_MANIFEST_FILE,
} from '@goldenpath/engine';
import { fetchExamples } from './fetch.examples';
import { readLock, writeLayer } from './lockFile';
import { readTemplate } from './readTemplate';
import { refuseSecretValues } from './refuseSecretValues';
import { writeFiles } from './writeFiles';

/**
 * The action `golden-path:fetch`: renders the template's skeleton into the workspace and records in
 * `.golden-path.lock.yaml` what it rendered, from which commit and with which values.
 *
 * @public
 */
export function createFetchAction(deps: {
  config: RootConfigService;
  integrations: ScmIntegrationRegistry;
  reader: UrlReaderService;
}) {
  const { config, integrations, reader } = deps;
  return createTemplateAction({
    id: 'golden-path:fetch',
    description:
      "Renders the template's skeleton into the workspace and records template, version, commit, values and digests in .golden-path.lock.yaml",
    examples: fetchExamples,
    supportsDryRun: true,
    schema: {
      input: {
        manifest: z =>
          z
            .string()
            .min(1)
            .optional()
            .describe(
              `Path of the manifest, relative to template.yaml; ./${TEMPLATE_MANIFEST_FILE} by default`,
            ),
        values: z =>
          z
            .record(z.any())
            .describe('Values the skeleton is rendered with; no secrets'),
        layerId: z =>
          z
            .string()
            .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/)
            .optional()
            .describe(
              "Name of this template's layer in the lock; 'service' by default",
            ),
        targetPath: z =>
          z
            .string()
            .optional()
            .describe(
              'Folder of the workspace that becomes the root of the repository; the workspace itself by default',
            ),
      },
      output: {
        version: z => z.string().describe('Version of the template'),
        commit: z =>
          z
            .string()
            .nullable()
            .describe(
              'Commit the template was read at; null when it is under no version control',
            ),
        files: z => z.number().describe('How many files were rendered'),
        digest: z => z.string().describe('Digest over the rendered files'),
      },
    },
    async handler(ctx) {
      const { templateInfo, logger } = ctx;
      if (!templateInfo?.baseUrl) {
        throw new InputError(
          'golden-path:fetch runs in a template of the catalog only: this run has no template address',
        );
      }
      const { layerId = 'service', targetPath = '.' } = ctx.input;
      const values: RenderValues = JSON.parse(JSON.stringify(ctx.input.values));
      refuseSecretValues({
        values,
        secrets: [
          ...Object.values(ctx.secrets ?? {}),
          ...environmentSecrets(config),
        ],
      });
      const template = await readTemplate({
        baseUrl: templateInfo.baseUrl,
        manifestPath: ctx.input.manifest ?? `./${TEMPLATE_MANIFEST_FILE}`,
        reader,
        integrations,
        temporaryFolder: () => ctx.createTemporaryDirectory(),
      });
      const { manifest } = template;
      const rendered = renderTemplate({
        manifest,
        parts: template.parts,
        values,
      });
      const root = resolveSafeChildPath(ctx.workspacePath, targetPath);
      const lock = await readLock(root);
      const layer = buildLayer({
        id: layerId,
        entityRef: templateInfo.entityRef,
        source: template.source,
        manifest,
        inputDigest: template.inputDigest,
        values,
        rendered,
        applied: {
          at: new Date().toISOString(),
          via: `scaffolder-task:${ctx.task.id}`,
        },
        previous: lock?.layers.find(other => other.id === layerId),
      });
      await writeFiles(root, rendered);
      await writeLayer({ root, lock, layer });
      logger.info(
        `Rendered ${rendered.length} files of ${templateInfo.entityRef} ${manifest.version}`,
      );
      ctx.output('version', manifest.version);
      ctx.output('commit', template.source.commit);
      ctx.output('files', rendered.length);
      ctx.output('digest', layer.rendered.digest);
    },
  });
}

/** The secrets every task is given. */
export function environmentSecrets(config: RootConfigService): string[] {
  const secrets = config.getOptionalConfig(
    'scaffolder.defaultEnvironment.secrets',
  );
  return secrets?.keys().map(key => secrets.getString(key)) ?? [];
}
