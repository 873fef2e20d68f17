import { z } from 'zod';

/** What GitHub answers about the attestations of a digest: Sigstore bundles, of which only the envelope is read. @internal */
export const attestationsSchema = z.object({
  attestations: z.array(
    z.object({
      bundle: z
        .object({
          dsseEnvelope: z.object({ payload: z.string() }).optional(),
        })
        .nullish(),
    }),
  ),
});

const statementSchema = z.object({ predicateType: z.string() });

/** The kinds of statement attested, such as `https://slsa.dev/provenance/v1`; `unknown` for one that cannot be read. @internal */
export function predicateTypesOf(
  answer: z.infer<typeof attestationsSchema>,
): string[] {
  return answer.attestations.map(({ bundle }) => {
    try {
      const payload = bundle?.dsseEnvelope?.payload ?? '';
      const text = Buffer.from(payload, 'base64').toString('utf8');
      return statementSchema.parse(JSON.parse(text)).predicateType;
    } catch {
      return 'unknown';
    }
  });
}
