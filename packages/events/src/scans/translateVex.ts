import { cdeventBody } from '../cdeventBody';
import { digestOf } from '../digest';
import { readMessage, skip, type Translation } from '../translation';
import { TranslationError } from '../translationError';
import { cyclonedxVexSchema, statementsOfCyclonedx } from './cyclonedxVex';
import { openVexSchema, statementsOfOpenVex } from './openVex';
import type { StatedVex } from './vexStatement';

/** What a VEX document is read with. @public */
export interface VexInput {
  /** The parsed document: OpenVEX 0.2, or CycloneDX with an `analysis` of its vulnerabilities. */
  document: unknown;
  /** Whose findings it speaks of. */
  entityRef: string;
  /** When it came in; the document's own time counts where it has one. */
  at: Date;
}

const MAX_STATEMENTS = 5_000;
const NO_DOCUMENT =
  "message: is neither OpenVEX ('@context' and 'statements') nor CycloneDX ('bomFormat' and 'vulnerabilities'); send one of them as JSON";

function hasKey(value: unknown, key: string): boolean {
  return typeof value === 'object' && value !== null && key in value;
}

function read(document: unknown): StatedVex & { unplaced?: string[] } {
  if (hasKey(document, '@context')) {
    return statementsOfOpenVex(
      readMessage(openVexSchema, document, 'OpenVEX document'),
    );
  }
  if (hasKey(document, 'bomFormat')) {
    return statementsOfCyclonedx(
      readMessage(cyclonedxVexSchema, document, 'CycloneDX document'),
    );
  }
  throw new TranslationError(NO_DOCUMENT);
}

/**
 * Reads a VEX document as one `goldenpath-vex.stated`, with a statement for each id of each vulnerability, so that it
 * is found by whichever id a scanner uses.
 *
 * @throws TranslationError when it is neither OpenVEX nor CycloneDX, or has more than 5,000 statements.
 *
 * @public
 */
export function translateVex(input: VexInput): Translation {
  const { document, entityRef, at } = input;
  const { source, version, statedAt, statements, unplaced } = read(document);
  const skipped = (unplaced ?? []).map(what => ({
    what,
    reason:
      'it affects components whose package URL the document does not name; put them under components with a purl',
  }));
  if (statements.length === 0) {
    return skipped.length > 0
      ? { events: [], skipped }
      : skip('VEX document', 'it states nothing about any vulnerability');
  }
  if (statements.length > MAX_STATEMENTS) {
    throw new TranslationError(
      `statements: there are ${statements.length}, counting each id of a vulnerability; at most ${MAX_STATEMENTS} are taken, so send one document for each product`,
    );
  }
  const content = { statements };
  return {
    events: [
      cdeventBody({
        name: 'goldenpath-vex.stated',
        source: '/vex',
        identity: [
          digestOf(JSON.stringify([entityRef, source, version, content])),
        ],
        at: statedAt === undefined ? at : new Date(statedAt),
        subject: { id: source || 'vex', content },
        goldenPath: { entityRef },
      }),
    ],
    skipped,
  };
}
