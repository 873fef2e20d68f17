import { findLeftovers } from './leftovers';

const find = (path: string, text: string) =>
  findLeftovers([{ path, mode: '100644', content: Buffer.from(text) }]).map(
    ({ rule, line }) => [rule, line].filter(Boolean).join(' '),
  );

it('finds values, blocks and raw marks that were not rendered', () => {
  expect(
    find(
      'a.yml',
      [
        'name: ${{ values.name }}',
        "name: ${{ values['name'] }}",
        '{% if values.system %}',
        '{%- endif %}',
        '{% raw %}',
      ].join('\n'),
    ),
  ).toEqual([
    'leftover-value 1',
    'leftover-value 2',
    'leftover-block 3',
    'leftover-block 4',
    'leftover-raw-block 5',
  ]);
  expect(find('src/${{ values.name }}.ts', '')).toEqual(['leftover-value']);
});

it("leaves other tools' templates alone", () => {
  expect(
    find(
      'a.yml',
      [
        'ref: ${{ github.ref }}',
        'x: {{ .Values.name }}',
        'y: {{args.service}} {{ $labels.job }} {{ braces }}',
        'cut: ${x%}',
        'count: ${#items[@]}',
      ].join('\n'),
    ),
  ).toEqual([]);
});
