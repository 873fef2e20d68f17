import {
  PROOF_PARTS,
  type ProofPart,
  templateProofResultSchema,
} from '@goldenpath/engine';
import fs from 'node:fs/promises';
import path from 'node:path';
import { EXIT, type ExitCode } from '../exitCode';
import { suiteFolder } from '../folder/goldenPaths';
import { print } from '../output/print';
import { proofText } from '../output/proofText';
import { proveTemplate } from '../template/proveTemplate';
import { readTemplate } from '../template/readTemplate';
import { findTools } from '../template/toolPlace';

export interface TemplateTestOptions {
  only?: string;
  row?: string;
  paths?: string;
  requireAll?: boolean;
  out?: string;
  format: string;
}

const CODES = {
  proven: EXIT.holds,
  'falls-short': EXIT.fallsShort,
  'could-not-tell': EXIT.couldNotTell,
} as const;

function partsOf(only: string | undefined): ProofPart[] {
  return (only ?? '')
    .split(',')
    .filter(Boolean)
    .map(name => {
      const part = PROOF_PARTS.find(one => one === name.trim());
      if (!part) {
        throw new Error(
          `--only ${name}: there is no such part; there are ${PROOF_PARTS.join(
            ', ',
          )}`,
        );
      }
      return part;
    });
}

/** `golden-path template test`: holds when the template is proven in the parts and rows asked for. */
export async function runTemplateTest(
  dir: string,
  options: TemplateTestOptions,
): Promise<ExitCode> {
  const only = partsOf(options.only);
  const template = await readTemplate(dir);
  const proof = templateProofResultSchema.parse(
    await proveTemplate({
      template,
      only,
      row: options.row,
      requireAll: options.requireAll ?? false,
      paths: options.paths ?? suiteFolder(),
      place: findTools(),
      now: new Date(),
      say: text => process.stderr.write(`\u2022 ${text}\n`),
    }),
  );
  if (options.out !== undefined) {
    await fs.mkdir(path.dirname(path.resolve(options.out)), {
      recursive: true,
    });
    await fs.writeFile(options.out, `${JSON.stringify(proof, null, 2)}\n`);
  }
  print(options.format, proof, proofText);
  return CODES[proof.predicate.outcome];
}
