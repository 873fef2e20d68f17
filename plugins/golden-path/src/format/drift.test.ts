import { driftLayer, driftResponse } from '../__fixtures__/drift';
import {
  driftCountWording,
  driftFileWording,
  driftGap,
  driftedText,
  templateVersionText,
} from './drift';

function withNewest(newestVersion: string | null) {
  return {
    ...driftLayer,
    template: { ...driftLayer.template, newestVersion },
  };
}

describe('templateVersionText', () => {
  it.each([
    ['1.0.0', 'good', 'Template version 1.0.0, the newest'],
    ['1.1.0', 'warn', 'Template version 1.0.0; newest is 1.1.0'],
    [null, 'unsure', 'Template version 1.0.0; newest unknown'],
  ])('with newest %p is %s', (newest, tone, label) => {
    expect(templateVersionText(withNewest(newest))).toMatchObject({
      tone,
      label,
    });
  });
});

describe('driftedText', () => {
  it('counts files', () => {
    expect(driftedText(driftLayer)).toBe('2 of 3 files drifted');
  });
});

describe('driftFileWording', () => {
  it.each([
    ['edited', true, 'warn'],
    ['edited', false, 'neutral'],
    ['missing', false, 'neutral'],
    ['pristine', false, 'good'],
  ] as const)('shows %s, drifted %p, as %s', (status, drifted, tone) => {
    expect(driftFileWording({ status, drifted }).tone).toBe(tone);
  });
});

describe('driftCountWording', () => {
  it('warns of files that count as drift', () => {
    expect(driftCountWording(driftLayer, 'edited')).toMatchObject({
      label: '1 edited',
      tone: 'warn',
    });
  });

  it('does not warn of files that are the service’s own', () => {
    const files = driftLayer.files.map(file => ({ ...file, drifted: false }));
    const wording = driftCountWording({ ...driftLayer, files }, 'edited');
    expect(wording.tone).toBe('neutral');
    expect(wording.meaning).toContain('None of them counts as drift');
  });
});

describe('driftGap', () => {
  it.each(['no-lock', 'invalid-lock', 'unknown'] as const)(
    'says of %s that drift is unknown and what to do',
    status => {
      const gap = driftGap({ ...driftResponse.report!, status });
      expect(gap?.title).toMatch(/^Drift unknown/);
      expect(gap?.next).not.toBe('');
    },
  );

  it('is silent about a report that says something', () => {
    expect(driftGap(driftResponse.report!)).toBeUndefined();
  });
});
