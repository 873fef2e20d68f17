import {
  proofRefusals,
  TEMPLATE_PROOF_FOLDER,
  type TemplateProofResult,
  templateProofResultSchema,
} from '@goldenpath/engine';
import path from 'node:path';
import { z } from 'zod';
import { EXIT, type ExitCode } from '../exitCode';
import { print } from '../output/print';
import { optionalFile, readTemplate } from '../template/readTemplate';

interface Verification {
  template: string;
  version: string;
  inputDigest: string;
  /** Where the proof is looked for, in the template's folder. */
  proof: string;
  holds: boolean;
  refusals: string[];
}

function verificationText(result: Verification): string {
  const name = `${result.template}@${result.version}`;
  return result.holds
    ? `${name} may be published: ${result.proof} proves what it renders.`
    : [
        `${name} is not to be published:`,
        ...result.refusals.map(refusal => `  ${refusal}`),
      ].join('\n');
}

function parseProof(text: string): TemplateProofResult | string {
  try {
    const parsed = templateProofResultSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : z.prettifyError(parsed.error);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * `golden-path template verify`: holds when the kept proof of the template's version is of what the folder renders, and
 * the changelog says what the version changes. Runs nothing.
 */
export async function runTemplateVerify(
  dir: string,
  options: { format: string },
): Promise<ExitCode> {
  const { ref, manifest, inputDigest, rulesDigest, changelog } =
    await readTemplate(dir);
  const { version } = manifest;
  const file = `${TEMPLATE_PROOF_FOLDER}/${version}.json`;
  const text = await optionalFile(path.join(dir, file));
  const proof = text === undefined ? undefined : parseProof(text);
  const refusals =
    typeof proof === 'string'
      ? [`${file} is no proof: ${proof}`]
      : proofRefusals({ version, inputDigest, rulesDigest, proof, changelog });
  const result: Verification = {
    template: ref,
    version,
    inputDigest,
    proof: file,
    holds: refusals.length === 0,
    refusals,
  };
  print(options.format, result, verificationText);
  return result.holds ? EXIT.holds : EXIT.fallsShort;
}
