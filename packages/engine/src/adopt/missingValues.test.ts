import { missingValues } from './missingValues';
import { sources } from './__fixtures__/files';

const find = (values: Record<string, string>, text = '${{ values.name }}') =>
  missingValues({
    manifest: { copyWithoutTemplating: [], defaults: { plan: 'free' } },
    parts: [
      {
        folder: 'skeleton',
        files: sources({
          'a.md': text,
          'b.md': '${{ values.plan }}{% if values.system %}!{% endif %}',
          '${{ values.owner }}.md': '',
        }),
      },
      {
        folder: 'variants/github',
        when: { forge: ['github'] },
        files: sources({ 'c.md': '${{ values.slug }}' }),
      },
    ],
    values,
  });

describe('missingValues', () => {
  it('names all that is used and was not given', () => {
    expect(find({})).toEqual(['forge', 'name', 'owner']);
    expect(find({ forge: 'github', name: 'pay' })).toEqual(['owner', 'slug']);
    expect(find({ forge: 'gitlab', name: 'pay', owner: 'me' })).toEqual([]);
  });

  it('leaves other mistakes of a template to be seen', () => {
    expect(() => find({}, '${{ github.sha }}')).toThrow('github.sha');
  });
});
