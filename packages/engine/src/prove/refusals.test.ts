import type { TemplateProofResult } from '../model';
import { proofRefusals } from './refusals';

const DIGEST = `sha256:${'a'.repeat(64)}`;

function refusals(
  predicate: Partial<TemplateProofResult['predicate']> = {},
  options: Partial<Parameters<typeof proofRefusals>[0]> = {},
) {
  const proof = {
    subject: [{ name: 't@1.2.0', digest: { sha256: 'a'.repeat(64) } }],
    predicate: {
      template: {
        ref: 't',
        version: '1.2.0',
        inputDigest: DIGEST,
        rulesDigest: 'rules',
      },
      outcome: 'proven',
      complete: true,
      reasons: [],
      ...predicate,
    },
  } as unknown as TemplateProofResult;
  return proofRefusals({
    version: '1.2.0',
    inputDigest: DIGEST,
    rulesDigest: 'rules',
    proof,
    changelog: '# Changelog\n\n## [1.2.0] - 2026-11-21\n',
    ...options,
  }).join('\n');
}

it('lets a proven version through', () => {
  expect(refusals()).toBe('');
  expect(refusals({}, { changelog: '## 1.2.0\n' })).toBe('');
});

it('refuses a version without a section in the changelog', () => {
  expect(refusals({}, { changelog: undefined })).toContain('no section');
  expect(refusals({}, { changelog: '## [1.2.01]\n## 11.2.0' })).toContain(
    'no section for 1.2.0',
  );
});

it('refuses a proof that is missing, failed, undecided or of a part', () => {
  expect(refusals({}, { proof: undefined })).toContain('no proof of version');
  expect(
    refusals({ outcome: 'falls-short', reasons: ['one: zizmor found 2'] }),
  ).toContain('falls short: one: zizmor found 2');
  expect(refusals({ outcome: 'could-not-tell' })).toContain('could not tell');
  expect(refusals({ complete: false })).toContain('some parts or rows only');
});

it('refuses content or demands that changed since the proof', () => {
  expect(refusals({}, { inputDigest: `sha256:${'b'.repeat(64)}` })).toContain(
    'changed since 1.2.0 was proven',
  );
  expect(refusals({}, { rulesDigest: 'others' })).toContain('proof.yaml');
});
