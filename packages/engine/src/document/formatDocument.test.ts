import { DEFAULT_GATE_POLICY, gatePolicySchema } from '../model';
import { formatDocument } from './formatDocument';
import { parseDocument } from './parseDocument';

describe('formatDocument', () => {
  it('writes what parseDocument reads back', () => {
    const text = formatDocument(DEFAULT_GATE_POLICY);
    expect(text).toContain('errorBudget:\n  warnBelow: 0.25\n');
    expect(
      parseDocument({ text, file: 'policy', schema: gatePolicySchema }),
    ).toEqual(DEFAULT_GATE_POLICY);
  });

  it('writes out what stands in two places', () => {
    const tiers = [2, 3];
    expect(formatDocument({ a: tiers, b: tiers })).not.toMatch(/[&*]/);
  });

  it('keeps text that looks like something else', () => {
    expect(formatDocument({ version: '1.0', on: 'true' })).toBe(
      'version: "1.0"\non: "true"\n',
    );
  });
});
