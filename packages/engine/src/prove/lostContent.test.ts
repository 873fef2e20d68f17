import { renderTemplate, type SkeletonPart } from '../render';
import { findLostContent } from './lostContent';

const VALUES = {
  name: 'pay',
  description: 'Takes payments: cards & "transfers"',
  empty: '',
  tier: 2,
};

function bytes(text: string): Uint8Array;
function bytes(text: string | undefined): Uint8Array | undefined;
function bytes(text: string | undefined) {
  return text === undefined
    ? undefined
    : Uint8Array.from(Buffer.from(text, 'utf8'));
}

function lost(
  files: Record<string, string>,
  options: { copied?: string[]; change?: Record<string, string> } = {},
) {
  const manifest = {
    copyWithoutTemplating: options.copied ?? [],
    defaults: {},
  };
  const parts: SkeletonPart[] = [
    {
      folder: 'skeleton',
      files: Object.entries(files).map(([path, text]) => ({
        path,
        mode: '100644' as const,
        content: bytes(text),
      })),
    },
  ];
  const rendered = renderTemplate({ manifest, parts, values: VALUES }).map(
    file => ({
      ...file,
      content: bytes(options.change?.[file.path]) ?? file.content,
    }),
  );
  return findLostContent({ manifest, parts, values: VALUES, rendered }).map(
    ({ rule, file, line }) => [rule, file, line].filter(Boolean).join(' '),
  );
}

it('finds nothing in a skeleton that renders as it should', () => {
  expect(
    lost({
      'catalog.yaml':
        'name: ${{ values.name }}\ntext: ${{ values.description | dump }}\nempty: "${{ values.empty }}"\n',
      'values.yaml':
        "{%- set all = 'a' ~ values.name -%}\nquery: '${{ all }}'\n{% for x in [1] %}n${{ x }}: ${{ loop.index }}\n{% endfor %}",
      'ci.yml': '{% raw %}ref: ${{ github.ref }}{% endraw %}',
      'README.md': '${{ values.description }} {# a remark #}',
      '${{ values.name }}/${{ values.empty }}': 'left out',
    }),
  ).toEqual([]);
});

it('finds a value that a YAML file garbles', () => {
  expect(lost({ 'a.yaml': 'text: ${{ values.description }}\n' })).toEqual([
    'unreadable a.yaml',
  ]);
  expect(
    lost(
      { 'a.yaml': 'x: 1\ntext: "#${{ values.name }}"\n' },
      {
        change: { 'a.yaml': 'x: 1\ntext: "#"\n' },
      },
    ),
  ).toEqual(['lost-value a.yaml 2']);
});

it('finds an expression of another tool that a default made vanish', () => {
  expect(
    lost({ 'ci.yml': 'a: 1\nref: ci-${{ github.ref | default("") }}\n' }),
  ).toEqual(['lost-expression ci.yml 2']);
});

it('finds text that was taken for a comment', () => {
  expect(lost({ 'run.sh': 'echo ${#a} and {b#}' })).toEqual([
    'lost-comment run.sh 1',
  ]);
});

it('finds a copied file and a raw block that came out as another', () => {
  expect(
    lost(
      { 'a.txt': 'as it is', 'b.txt': '{% raw %}${{ x }}{% endraw %}' },
      { copied: ['a.txt'], change: { 'a.txt': 'as it was', 'b.txt': '' } },
    ),
  ).toEqual(['copied-file-changed a.txt', 'lost-raw b.txt 1']);
});

it('asks for no value inside a block that may not render', () => {
  expect(
    lost({
      'a.yaml': 'a: 1\n{% if values.empty %}b: ${{ values.name }}\n{% endif %}',
    }),
  ).toEqual([]);
});
