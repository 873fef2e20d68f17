import type { TemplateResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import { TEMPLATE_PROOF_PREDICATE } from '@goldenpath/engine';

const DIGEST = 'a'.repeat(64);

/** A template that was proven, with one rendering of each kind. */
export function templateResponse(
  proof: Partial<TemplateResponse['proof']> = {},
): TemplateResponse {
  return {
    entityRef: 'template:default/node-service',
    version: '2.0.0',
    inputDigest: `sha256:${DIGEST}`,
    proof: {
      status: 'proven',
      result: {
        _type: 'https://in-toto.io/Statement/v1',
        subject: [
          {
            name: 'template:default/node-service@2.0.0',
            digest: { sha256: DIGEST },
          },
        ],
        predicateType: TEMPLATE_PROOF_PREDICATE,
        predicate: {
          template: {
            ref: 'template:default/node-service',
            version: '2.0.0',
            inputDigest: `sha256:${DIGEST}`,
            rulesDigest: `sha256:${DIGEST}`,
          },
          renderEngine: 'nunjitsu@0.6.1',
          startedAt: '2026-11-20T10:00:00Z',
          seconds: 75,
          parts: ['render', 'lint', 'score', 'mutations', 'build'],
          complete: true,
          outcome: 'proven',
          reasons: [],
          tools: [
            { name: 'actionlint', version: '1.7.12', status: 'used' },
            { name: 'zizmor', version: '1.30.1', status: 'used' },
            { name: 'conftest', version: null, status: 'missing' },
          ],
          waived: [
            {
              tool: 'checkov',
              rule: 'CKV_K8S_43',
              reason: 'The digest is known at the first release.',
              findings: 1,
            },
          ],
          rows: [
            {
              id: 'github-private',
              values: {},
              files: 82,
              rendered: `sha256:${DIGEST}`,
              problems: [],
              checks: [
                {
                  tool: 'actionlint',
                  status: 'passed',
                  files: 4,
                  findings: 0,
                  waived: 0,
                  problems: [],
                },
              ],
              score: {
                path: { name: 'service', version: '2.0.0' },
                level: 'gold',
                wantedLevel: 'gold',
                raw: 100,
                low: 100,
                high: 100,
                verdicts: { pass: 60 },
                notPassed: [],
              },
            },
          ],
          mutations: {
            checks: 2,
            killed: 1,
            survived: 1,
            uncovered: [],
            without: [
              { check: 'SEC-10', reason: 'The template logs in to no cloud.' },
            ],
            rows: [
              {
                check: 'SEC-01',
                title: 'An action floats',
                row: 'github-private',
                flipped: [{ check: 'SEC-01', before: 'pass', after: 'fail' }],
                killed: true,
              },
              {
                check: 'SEC-25',
                title: 'No security policy',
                row: 'github-private',
                flipped: [],
                killed: false,
              },
            ],
          },
          build: {
            row: 'github-private',
            toolchains: [{ name: 'node', version: '24.21.0' }],
            steps: [
              {
                command: ['npm', 'ci'],
                outcome: 'passed',
                seconds: 20,
                tail: '',
              },
            ],
            start: {
              readySeconds: 0.4,
              stopSeconds: 0.1,
              exitCode: 0,
              outcome: 'passed',
              tail: '',
            },
          },
        },
      },
      ...proof,
    },
  };
}
