import type { Facts } from '../model';
import { resultOf } from './__fixtures__/scoring';

function evidenceOf(pass: string, repository: Facts[string]['data']) {
  return resultOf({ pass }, repository).evidence;
}

describe('bounds', () => {
  const many = Array.from({ length: 231 }, (_, i) => ({ name: `n${i}` }));

  it('shows at most fifty entries and says how many there are more', () => {
    const data = { items: many };
    const evidence = evidenceOf('repository.items.all(i, i.name == "")', data);
    expect(evidence).toHaveLength(50);
    expect(evidence[48].text).toBe('n48');
    expect(evidence[49]).toEqual({
      fact: 'repository.items',
      text: 'and 182 more',
    });
    expect(
      resultOf(
        {
          pass: 'repository.items.all(i, i.name == "")',
          message: '{{ count }} of {{total}}',
        },
        data,
      ).message,
    ).toBe('231 of 231');
  });

  it('leaves out large values and shortens long texts', () => {
    const [list] = evidenceOf('size(repository.items) < 3', { items: many });
    expect(list).toEqual({ fact: 'repository.items', text: 'a list of 231' });
    const [element] = evidenceOf('repository.l.all(e, e.big == "")', {
      l: [{ big: 'x'.repeat(10_000) }],
    });
    expect(element).toEqual({ fact: 'repository.l', text: '1 fields' });
    const [text] = evidenceOf('repository.t == ""', { t: 'x'.repeat(10_000) });
    expect(text.value).toHaveLength(500);
    expect(text.text).toHaveLength(200);
  });

  it('gives up explaining what costs too much, and keeps the verdict', () => {
    const files = Array.from({ length: 1500 }, (_, i) => i);
    const result = resultOf(
      {
        pass: 'repository.files.all(a, repository.files.exists(b, b < 1)) && repository.files.all(a, a < 1400 && repository.files.all(b, b < 1498))',
        message: '{{ count }}',
      },
      { files },
    );
    expect(result.verdict).toBe('fail');
    expect(result.evidence.length).toBeLessThanOrEqual(50);
  });
});
