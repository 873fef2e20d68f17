import { edited } from '../repository/__fixtures__/plantedFaults';
import { PINNED, repositoryOf, score, SECURITY } from './__fixtures__/fixing';
import { planFixes } from './planFixes';

describe('planFixes', () => {
  const failing = (id: string, fix: string, texts: Record<string, string>) => {
    const check = score(texts).find(result => result.id === id)!;
    return { ...check, remediation: { ...check.remediation, fix } };
  };

  it('applies one fix after another and shows each file once', () => {
    const texts = repositoryOf({
      ...edited(
        SECURITY,
        [PINNED, 'checkout@v7'],
        ['    timeout-minutes: 10\n', ''],
      ),
      'SECURITY.md': undefined,
    });
    const plan = planFixes({
      files: new Map(Object.entries(texts)),
      checks: [
        failing('SEC-01', 'pin-actions', texts),
        failing('DEL-06', 'job-timeouts-and-concurrency', texts),
        failing('SEC-25', 'security-policy', texts),
      ],
    });
    expect(plan.edits.map(edit => edit.path).sort()).toEqual([
      SECURITY,
      'SECURITY.md',
    ]);
    const after = plan.edits.find(edit => edit.path === SECURITY)!.after;
    expect(after).toContain('# v7.0.1');
    expect(after).toContain('timeout-minutes: 60');
    expect(plan.applied).toHaveLength(3);
    expect(plan.skipped).toEqual([]);
  });

  it('leaves files that the template manages to the template', () => {
    const CI = '.github/workflows/ci.yml';
    const texts = repositoryOf(edited(CI, [PINNED, 'checkout@v7']));
    const plan = planFixes({
      files: new Map(Object.entries(texts)),
      checks: [failing('SEC-01', 'pin-actions', texts)],
    });
    expect(plan.edits).toEqual([]);
    expect(plan.skipped).toEqual([
      {
        fix: 'pin-actions',
        checks: ['SEC-01'],
        reason: expect.stringContaining(`the template manages ${CI}`),
      },
    ]);
  });
});
