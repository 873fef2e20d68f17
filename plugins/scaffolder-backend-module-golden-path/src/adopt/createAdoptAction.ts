import {
  type AuthService,
  type DiscoveryService,
  resolveSafeChildPath,
  type RootConfigService,
  type UrlReaderService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  adoptionLayer,
  digestOf,
  LOCK_FILE,
  type Lock,
  mergeLayer,
  missingValues,
  parseLock,
  planAdoption,
  type RenderValues,
  renderTemplate,
  type SourceFile,
  TEMPLATE_MANIFEST_FILE,
} from '@goldenpath/engine';
import { environmentSecrets } from '../fetch/createFetchAction';
import { writeLayer } from '../fetch/lockFile';
import { readTemplate } from '../fetch/readTemplate';
import { refuseSecretValues } from '../fetch/refuseSecretValues';
import { writeFiles } from '../fetch/writeFiles';
import { GoldenPathReader } from '../score/GoldenPathReader';
import { askForOwner } from '../score/askForOwner';
import { adoptExamples } from './adopt.examples';
import { addedText, keptText } from './adoptionText';
import { readRepository, repositoryUrl } from './readRepository';
import {
  type AdoptionScore,
  describeAdoption,
  entityOf,
  scoreAdoption,
} from './scoreAdoption';

const NOTHING = 'The repository has all of it already: nothing is proposed.';
const UNKNOWN =
  'The score is not known: no golden path could be asked for that is for this repository.';

/**
 * The action `golden-path:adopt`: renders a template into the workspace as far as an existing repository lacks it, with
 * the lock, so that a later step can propose it as a change. No file of the repository is among them but the lock.
 *
 * @public
 */
export function createAdoptAction(deps: {
  auth: AuthService;
  catalog: CatalogService;
  config: RootConfigService;
  discovery: DiscoveryService;
  integrations: ScmIntegrationRegistry;
  reader: UrlReaderService;
}) {
  const { auth, catalog, config, discovery, integrations, reader } = deps;
  return createTemplateAction({
    id: 'golden-path:adopt',
    description:
      'Renders into the workspace what an existing repository lacks of a template, with its lock, and says how the repository stands before and after',
    examples: adoptExamples,
    supportsDryRun: true,
    schema: {
      input: {
        repository: z =>
          z
            .string()
            .min(1)
            .describe(
              "Address of the repository's files, or the name of a repository that this Backstage serves",
            ),
        values: z =>
          z
            .record(z.any())
            .describe('Values the template is rendered with; no secrets'),
        manifest: z =>
          z
            .string()
            .min(1)
            .optional()
            .describe(
              `Path of the manifest, relative to template.yaml; ./${TEMPLATE_MANIFEST_FILE} by default`,
            ),
        layerId: z =>
          z
            .string()
            .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/)
            .optional()
            .describe("Name of the layer in the lock; 'adopted' by default"),
        targetPath: z =>
          z
            .string()
            .optional()
            .describe(
              'Folder of the workspace for the new files; the workspace itself by default',
            ),
      },
      output: {
        files: z =>
          z.number().describe('How many files are new; 0 when none is missing'),
        added: z => z.string().describe('The new files, as a Markdown list'),
        kept: z =>
          z.string().describe('What was left out and why, as a Markdown list'),
        scoreBefore: z =>
          z
            .number()
            .nullable()
            .describe('Score on the first path, 0 to 100; null without one'),
        scoreAfter: z =>
          z.number().nullable().describe('The same with the new files'),
        levelBefore: z =>
          z
            .string()
            .nullable()
            .describe('Level on the first path; null when there is none'),
        levelAfter: z =>
          z.string().nullable().describe('The same with the new files'),
        summary: z => z.string().describe('All of it in a few sentences'),
        version: z => z.string().describe('Version of the template'),
      },
    },
    async handler(ctx) {
      const { input, templateInfo, logger } = ctx;
      if (!templateInfo?.baseUrl) {
        throw new InputError(
          'golden-path:adopt runs in a template of the catalog only: this run has no template address',
        );
      }
      const { layerId = 'adopted', targetPath = '.' } = input;
      const values: RenderValues = JSON.parse(JSON.stringify(input.values));
      refuseSecretValues({
        values,
        secrets: [
          ...Object.values(ctx.secrets ?? {}),
          ...environmentSecrets(config),
        ],
      });
      const temporaryFolder = () => ctx.createTemporaryDirectory();
      const template = await readTemplate({
        baseUrl: templateInfo.baseUrl,
        manifestPath: input.manifest ?? `./${TEMPLATE_MANIFEST_FILE}`,
        reader,
        integrations,
        temporaryFolder,
      });
      const { manifest, parts, source, inputDigest } = template;
      const missing = missingValues({ manifest, parts, values });
      if (missing.length > 0) {
        throw new InputError(
          `values: the template needs ${missing.join(', ')} too`,
        );
      }
      const files = await readRepository({
        url: await repositoryUrl(input.repository, discovery),
        reader,
        temporaryFolder,
      });
      const now = new Date();
      const existing = files.map(file => ({
        ...file,
        size: file.content.length,
        sha256: digestOf(file.content),
      }));
      const plan = planAdoption({
        existing,
        rendered: renderTemplate({ manifest, parts, values }),
        now,
      });
      const lock = lockOf(files);
      const layer = adoptionLayer({
        id: layerId,
        entityRef: templateInfo.entityRef,
        source,
        manifest,
        inputDigest,
        values,
        plan,
        existing,
        applied: {
          at: now.toISOString(),
          via: `scaffolder-task:${ctx.task.id}`,
        },
        previous: lock?.layers.find(({ id }) => id === layerId),
      });
      const hasNews = plan.added.length > 0;
      if (hasNews) {
        const root = resolveSafeChildPath(ctx.workspacePath, targetPath);
        await writeFiles(root, plan.added);
        await writeLayer({ root, lock, layer });
      }
      const scores = await score({
        before: { files, layers: lock?.layers ?? [] },
        after: {
          files: [...files, ...plan.added],
          layers: hasNews ? mergeLayer(lock, layer).layers : lock?.layers ?? [],
        },
        now,
        credentials: await ctx.getInitiatorCredentials(),
        warn: message => logger.warn(message),
      });
      const counted = hasNews
        ? `${plan.added.length} files are new, ${plan.kept.length} were left out.`
        : NOTHING;
      const summary = `${counted} ${
        scores.length > 0 ? describeAdoption(scores) : UNKNOWN
      }`;
      const [first] = scores;
      logger.info(summary);
      ctx.output('files', plan.added.length);
      ctx.output('added', addedText(plan));
      ctx.output('kept', keptText(plan));
      ctx.output('scoreBefore', first?.scoreBefore ?? null);
      ctx.output('scoreAfter', first?.scoreAfter ?? null);
      ctx.output('levelBefore', first?.levelBefore ?? null);
      ctx.output('levelAfter', first?.levelAfter ?? null);
      ctx.output('summary', summary);
      ctx.output('version', manifest.version);
    },
  });

  async function score(
    options: Pick<
      Parameters<typeof scoreAdoption>[0],
      'before' | 'after' | 'now'
    > & {
      credentials: ConstructorParameters<
        typeof GoldenPathReader
      >[0]['credentials'];
      warn: (message: string) => void;
    },
  ): Promise<AdoptionScore[]> {
    const { credentials, warn, ...scored } = options;
    const entity = entityOf(scored.after.files);
    if (!entity) {
      warn('Nothing says which entity this is: there is no catalog-info.yaml');
      return [];
    }
    const paths = new GoldenPathReader({ auth, discovery, credentials });
    // A score is no reason to keep somebody from their change
    const applying = await paths.applying(entity).catch(error => {
      warn(`The golden paths could not be asked for: ${error}`);
      return [];
    });
    const ownerExists = await askForOwner({
      catalog,
      credentials,
      entity,
      logger: { warn },
    });
    return scoreAdoption({
      ...scored,
      entity,
      ownerExists,
      paths: applying,
    });
  }
}

function lockOf(files: readonly SourceFile[]): Lock | undefined {
  const file = files.find(({ path }) => path === LOCK_FILE);
  return (
    file &&
    parseLock({
      text: Buffer.from(file.content).toString('utf8'),
      file: LOCK_FILE,
    })
  );
}
