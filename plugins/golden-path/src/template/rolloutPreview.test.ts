import { adopterFixture, adoptionResponse } from '../__fixtures__/adoption';
import { previewRollout, previewText } from './rolloutPreview';

function behind(count: number) {
  return adoptionResponse({
    items: Array.from({ length: count }, (_, index) =>
      adopterFixture({
        entityRef: `component:default/s${index}`,
        owner: index < 3 ? 'group:default/a' : null,
        upToDate: false,
      }),
    ),
  });
}

describe('previewRollout', () => {
  it.each([
    [226, [12, 45, 169]],
    [4, [1, 1, 2]],
    [2, [1, 1]],
    [1, [1]],
  ])('puts %i services into waves of %p by share', (count, waves) => {
    const preview = previewRollout(behind(count), 'share');
    expect(preview?.waves).toEqual(waves);
  });

  it('says how many requests are opened in how many waves', () => {
    const text = (rule: 'share' | 'owner' | 'tier' | 'all') => {
      const preview = previewRollout(behind(226), rule);
      return preview && previewText(preview);
    };
    expect(text('share')).toBe('Opens up to 226 pull requests in 3 waves.');
    expect(text('owner')).toBe('Opens up to 226 pull requests in 2 waves.');
    expect(text('tier')).toBe(
      'Opens up to 226 pull requests, in a wave for each tier.',
    );
    expect(text('all')).toBe('Opens up to 226 pull requests in 1 wave.');
  });

  it('puts the layers of one service into one wave, with a request each', () => {
    const adoption = behind(2);
    const [first] = adoption.items;
    const preview = previewRollout(
      { ...adoption, items: [...adoption.items, { ...first, layer: 'ci' }] },
      'all',
    );
    expect(preview?.waves).toEqual([2]);
    expect(preview && previewText(preview)).toBe(
      'Opens up to 3 pull requests in 1 wave.',
    );
  });

  it('knows nothing without a newest version', () => {
    expect(
      previewRollout(adoptionResponse({ newestVersion: null }), 'all'),
    ).toBeUndefined();
  });
});
