import { listed, plural } from '../words';
import type { Rule } from './ruleContext';

const WAY_OUT: Record<string, string> = {
  'no-lock':
    'Adopt a template with `golden-path adopt`, or take `drift` out of the policy of services without one',
  'invalid-lock':
    'Mend .golden-path.lock.yaml; `golden-path verify` says where',
  unknown:
    'Let the backend read the repository; the scorecard names the problem',
};

/** Managed files of the template that were edited in the service, or are gone. */
export const driftRule: Rule = ({ policy, facts }) => {
  if (!policy.drift) {
    return [];
  }
  const rule = 'drift' as const;
  const { drift } = facts;
  if (!drift || drift.status !== 'ok') {
    return [
      {
        rule,
        verdict: 'unknown',
        reason: `Whether managed files were edited is not known: ${
          drift
            ? drift.reason ??
              (drift.status === 'no-lock'
                ? 'the repository has no lock'
                : `the comparison says ${drift.status}`)
            : 'the repository was not compared with its template'
        }`,
        wayOut:
          WAY_OUT[drift?.status ?? ''] ??
          'Have the entity scored: open its Golden path card, or wait for the next scan',
        numbers: { status: drift?.status ?? null },
        evidence: [],
      },
    ];
  }
  const { total, files, observedAt } = drift;
  const paths = files.map(({ path }) => path).sort();
  return [
    total > 0
      ? {
          rule,
          verdict: policy.drift.verdict,
          reason: `${plural(total, 'managed file')} differ${
            total === 1 ? 's' : ''
          } from what the template made: ${listed(paths, total)}`,
          wayOut:
            'Take the changes back with `golden-path update`, or say in golden-path.yaml that the service owns the files',
          numbers: { edited: total, observedAt },
          evidence: paths,
        }
      : {
          rule,
          verdict: 'allow',
          reason: 'Every managed file is as the template made it',
          numbers: { edited: 0, observedAt },
          evidence: [],
        },
  ];
};
