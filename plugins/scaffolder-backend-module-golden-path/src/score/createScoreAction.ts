import {
  type AuthService,
  type DiscoveryService,
  resolveSafeChildPath,
} from '@backstage/backend-plugin-api';
import {
  type Entity,
  entityEnvelopeSchemaValidator,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import fs from 'fs-extra';
import { parseAllDocuments } from 'yaml';
import { readLock } from '../fetch/lockFile';
import { readFolder } from '../fetch/readFolder';
import { describeScore } from './describeScore';
import { GoldenPathReader } from './GoldenPathReader';
import { askForOwner } from './askForOwner';
import { scoreExamples } from './score.examples';
import { scoreWorkspace } from './scoreWorkspace';

const CATALOG_FILE = 'catalog-info.yaml';

/**
 * The action `golden-path:score`: how the workspace stands on the golden paths that are for it, before anything is
 * published. The same engine that scores the entity afterwards.
 *
 * @public
 */
export function createScoreAction(deps: {
  auth: AuthService;
  catalog: CatalogService;
  discovery: DiscoveryService;
}) {
  const { auth, catalog, discovery } = deps;
  return createTemplateAction({
    id: 'golden-path:score',
    description:
      'Scores the workspace against the golden paths that are for its catalog entity, and says what to do next',
    examples: scoreExamples,
    supportsDryRun: true,
    schema: {
      input: {
        sourcePath: z =>
          z
            .string()
            .optional()
            .describe(
              'Folder of the workspace that is the root of the repository; the workspace itself by default',
            ),
      },
      output: {
        summary: z =>
          z.string().describe('Level and score on every path, a sentence each'),
        steps: z =>
          z.array(z.string()).describe('At most three things to do next'),
        level: z =>
          z
            .string()
            .nullable()
            .describe('Level on the first path; null when there is none'),
        score: z =>
          z
            .number()
            .nullable()
            .describe('Score on the first path, 0 to 100; null without one'),
      },
    },
    async handler(ctx) {
      const root = resolveSafeChildPath(
        ctx.workspacePath,
        ctx.input.sourcePath ?? '.',
      );
      const entity = await readEntity(root);
      const credentials = await ctx.getInitiatorCredentials();
      const reader = new GoldenPathReader({ auth, discovery, credentials });
      // A score is no reason to keep somebody from their service
      const paths = await reader.applying(entity).catch(error => {
        ctx.logger.warn(`The golden paths could not be asked for: ${error}`);
        return undefined;
      });
      const ownerExists = await askForOwner({
        catalog,
        credentials,
        entity,
        logger: ctx.logger,
      });
      const lock = await readLock(root);
      const cards = scoreWorkspace({
        files: await readFolder(root),
        entity,
        ownerExists,
        layers: lock?.layers ?? [],
        paths: paths ?? [],
        now: new Date(),
      });
      const words = cards.map(describeScore);
      ctx.output('summary', summaryOf(words, paths !== undefined));
      ctx.output('steps', words[0]?.steps ?? []);
      ctx.output('level', cards[0]?.level ?? null);
      ctx.output('score', cards[0]?.score.raw ?? null);
      words.forEach(({ summary }) => ctx.logger.info(summary));
    },
  });
}

function summaryOf(words: { summary: string }[], isKnown: boolean): string {
  if (words.length > 0) {
    return words.map(({ summary }) => summary).join(' ');
  }
  return isKnown
    ? 'No golden path is for an entity of this kind and type.'
    : 'The score is not known: the golden paths could not be asked for. It shows on the entity page once it is.';
}

async function readEntity(root: string): Promise<Entity> {
  const file = resolveSafeChildPath(root, CATALOG_FILE);
  if (!(await fs.pathExists(file))) {
    throw new InputError(
      `The workspace has no ${CATALOG_FILE}: run golden-path:score after the step that renders the template`,
    );
  }
  const [document] = parseAllDocuments(await fs.readFile(file, 'utf8'));
  try {
    return entityEnvelopeSchemaValidator()(
      document?.toJS({ maxAliasCount: 100 }),
    ) as Entity;
  } catch (error) {
    throw new InputError(`${CATALOG_FILE} holds no entity: ${error}`);
  }
}
