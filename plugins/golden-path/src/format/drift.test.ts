import { driftLayer, driftResponse } from '../__fixtures__/drift';
import {
  behindText,
  driftCountWording,
  driftFileWording,
  driftGap,
  driftedText,
  driftMigratedText,
  templateVersionText,
  unmergedText,
  updateOffer,
} from './drift';

function withNewest(newestVersion: string | null) {
  return {
    ...driftLayer,
    template: { ...driftLayer.template, newestVersion },
  };
}

describe('templateVersionText', () => {
  it.each([
    ['1.0.0', 'good', 'Template version 1.0.0, up to date'],
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

const [pristine, edited, missing] = driftLayer.files;
const outdated = { ...pristine, status: 'outdated', drifted: true } as const;
const both = { ...edited, status: 'edited+outdated' } as const;

describe('behindText', () => {
  it('counts what is behind the newest version, edited or not', () => {
    const files = [outdated, both, missing, { ...outdated, drifted: false }];
    expect(behindText({ ...driftLayer, files })).toBe(
      'Outdated: 2 files behind 1.1.0',
    );
  });

  it('says nothing where nothing is behind, or where nobody knows', () => {
    expect(behindText(driftLayer)).toBeUndefined();
    expect(
      behindText({ ...withNewest(null), files: [outdated] }),
    ).toBeUndefined();
  });
});

describe('driftMigratedText', () => {
  it.each([
    [0.63, '63 % migrated to 1.1.0'],
    [0, '0 % migrated to 1.1.0'],
    [null, undefined],
    [undefined, undefined],
  ])('of %p is %p', (migrated, text) => {
    expect(driftMigratedText({ ...driftLayer, migrated })).toBe(text);
  });
});

describe('unmergedText', () => {
  it('says that conflicts are not known until contents were merged', () => {
    const layer = { ...driftLayer, files: [both] };
    expect(unmergedText(layer)).toMatch(/^Whether the file changed on both/);
    expect(
      unmergedText({ ...layer, plannedAt: '2026-11-20T10:00:00Z' }),
    ).toBeUndefined();
    expect(unmergedText(driftLayer)).toBeUndefined();
  });
});

describe('updateOffer', () => {
  const restored = { ...edited, class: 'managed' } as const;

  it.each([
    ['behind', '1.1.0', [pristine], 'Preview update to 1.1.0'],
    ['held back', '1.0.0', [outdated], 'Preview update to 1.0.0'],
    ['edited', '1.0.0', [restored, missing], 'Preview restoring 2 files'],
    ['edited in a file of both', '1.0.0', [pristine, edited], undefined],
    ['of an unknown newest version', null, [restored], undefined],
  ] as const)('of a layer that is %s', (_, newest, files, offer) => {
    expect(updateOffer({ ...withNewest(newest), files: [...files] })).toBe(
      offer,
    );
  });
});
