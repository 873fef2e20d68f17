import fc from 'fast-check';
import { RenderError } from './RenderError';
import { RENDER_ENGINE, renderSkeleton } from './renderSkeleton';
import type { SourceFile } from './sourceFile';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (source: SourceFile | undefined) =>
  source &&
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(source.content);

function file(
  path: string,
  content: string | Uint8Array,
  mode: SourceFile['mode'] = '100644',
): SourceFile {
  return {
    path,
    mode,
    content: typeof content === 'string' ? bytes(content) : content,
  };
}

function renderText(source: string, values = {}): string | undefined {
  return text(renderSkeleton({ files: [file('a', source)], values })[0]);
}

describe('renderSkeleton', () => {
  it('states the engine that is installed', () => {
    const { version } = jest.requireActual('nunjitsu/package.json');
    expect(RENDER_ENGINE).toBe(`nunjitsu@${version}`);
  });

  it('renders contents and paths, and keeps the executable bit', () => {
    const files = renderSkeleton({
      files: [
        file(
          'bin/${{ values.name }}.sh',
          'echo ${{ values.name }}\n',
          '100755',
        ),
        file('.env', 'A=${{ values.list | join(",") }}'),
      ],
      values: { name: 'pay', list: [1, 2] },
    });
    expect(files.map(f => [f.path, f.mode, text(f)])).toEqual([
      ['.env', '100644', 'A=1,2'],
      ['bin/pay.sh', '100755', 'echo pay\n'],
    ]);
  });

  it('leaves out files whose path renders to nothing, in files and folders', () => {
    const paths = (on: boolean) =>
      renderSkeleton({
        files: [
          file('{% if values.on %}docs{% endif %}/a.md', ''),
          file('src/{% if values.on %}sub{% endif %}/b.ts', ''),
          file('src/{% if values.on %}c.ts{% endif %}', ''),
          file('{% if values.on %}d.ts{% endif %}', ''),
          file('keep', ''),
        ],
        values: { on },
      }).map(f => f.path);
    expect(paths(false)).toEqual(['keep']);
    expect(paths(true)).toEqual([
      'd.ts',
      'docs/a.md',
      'keep',
      'src/c.ts',
      'src/sub/b.ts',
    ]);
  });

  it.each([
    ['../out', {}],
    ['a/${{ values.p }}/b', { p: '..' }],
    ['${{ values.p }}', { p: '..\\out' }],
    ['.git/hooks/pre-commit', {}],
    ['a/.GIT/config', {}],
  ])('refuses the path %s', (path, values) => {
    expect(() => renderSkeleton({ files: [file(path, '')], values })).toThrow(
      RenderError,
    );
  });

  it('copies binary files and symbolic links as they are', () => {
    const png = new Uint8Array([0x89, 0x50, 0, 0x24, 0x7b, 0x7b, 0xff]);
    const latin1 = new Uint8Array([0x24, 0x7b, 0x7b, 0x20, 0xe9]);
    const files = renderSkeleton({
      files: [
        file('a.png', png, '100755'),
        file('b.txt', latin1),
        file('c/link', '../a.png', '120000'),
      ],
      values: {},
    });
    expect(files.map(f => [f.mode, [...f.content]])).toEqual([
      ['100755', [...png]],
      ['100644', [...latin1]],
      ['120000', [...bytes('../a.png')]],
    ]);
  });

  it.each(['/etc/passwd', '../../x', 'a/../../../x', 'C:\\x'])(
    'refuses the symbolic link to %s',
    target => {
      expect(() =>
        renderSkeleton({ files: [file('d/l', target, '120000')], values: {} }),
      ).toThrow('d/l: The symbolic link points outside the folder');
    },
  );

  it('copies the content of listed files but renders their path', () => {
    const [copied] = renderSkeleton({
      files: [
        file('.github/workflows/${{ values.n }}.yml', '${{ github.sha }}'),
      ],
      values: { n: 'ci' },
      copyWithoutTemplating: ['.github'],
    });
    expect([copied.path, text(copied)]).toEqual([
      '.github/workflows/ci.yml',
      '${{ github.sha }}',
    ]);
  });

  it('keeps line ends, byte order marks and the lack of a last line end', () => {
    expect(renderText('\uFEFFa\r\n${{ values.x }}\r\nb', { x: 1 })).toBe(
      '\uFEFFa\r\n1\r\nb',
    );
  });

  it('has the filters of the scaffolder', () => {
    const values = {
      repo: 'github.com?owner=acme&repo=pay',
      owner: 'group:payments',
    };
    expect(renderText('${{ values.repo | projectSlug }}', values)).toBe(
      'acme/pay',
    );
    expect(
      renderText("${{ values.repo | parseRepoUrl | pick('host') }}", values),
    ).toBe('github.com');
    expect(
      renderText(
        "${{ values.owner | parseEntityRef | pick('namespace') }}/${{ (values.owner | parseEntityRef).name }}",
        values,
      ),
    ).toBe('default/payments');
  });

  it.each([
    ['x\n${{ values.region }}', 'values.region', 2],
    ['${{ values.db.port }}', 'values.db.port', 1],
    ["${{ values['region'] }}", 'values.region', 1],
    ['${{ values.region | upper }}', 'values.region', 1],
    ['${{ values.region.toUpperCase() }}', 'values.region', 1],
    ['run: ${{ github.sha }}', 'github.sha', 1],
    ['${{ secrets.TOKEN }}', 'secrets.TOKEN', 1],
    ['{% if github.ref %}x{% endif %}', 'github.ref', 1],
    ["{% if values.region == 'eu' %}x{% endif %}", 'values.region', 1],
    ['{% for r in values.regions %}x{% endfor %}', 'values.regions', 1],
    ['{% set r = values.region %}${{ r }}', 'values.region', 1],
    ['${{ values.region if values.name else "a" }}', 'values.region', 1],
    ['{% if range(values.count) %}{% endif %}', 'values.count', 1],
    ["${{ 'x' if range(values.count) }}", 'values.count', 1],
    ['${{ "a}}b" ~ values.region }}', 'values.region', 1],
  ])('%s: %s was not given', (source, variable, line) => {
    let error: unknown;
    try {
      renderSkeleton({
        files: [file('dir/${{ values.name }}.txt', source)],
        values: { name: 'pay', db: { host: 'h' } },
      });
    } catch (e) {
      error = e;
    }
    expect(error).toBeInstanceOf(RenderError);
    expect(error).toMatchObject({
      file: 'dir/${{ values.name }}.txt',
      line,
      variable,
    });
    expect(String(error)).toContain(`'${variable}'`);
  });

  it.each([
    ['{% if values.region %}${{ values.region }}{% endif %}', ''],
    ['{% if not values.region %}none{% endif %}', 'none'],
    ['{% if (values.region) and values.name %}x{% endif %}', ''],
    [
      '{% if values.name and not (values.region or values.zone) %}x{% endif %}',
      'x',
    ],
    ["${{ values.region or 'eu' }}", 'eu'],
    ['${{ "a" if values.name else values.region }}', 'a'],
    [
      "{% for r in values.regions or ['a'] %}${{ r }}${{ loop.index }}{% endfor %}",
      'a1',
    ],
    ["${{ values.region | default('eu') }}", 'eu'],
    ["${{ values.region if values.region else 'eu' }}", 'eu'],
    ["${{ 'x' if values.region is defined else 'eu' }}", 'eu'],
    ['{% if values.region is not defined %}eu{% endif %}', 'eu'],
    ["{% if values.region and values.region == 'us' %}x{% endif %}", ''],
    ['{% raw %}${{ github.sha }}{% endraw %}', '${{ github.sha }}'],
    ['{# ${{ nothing }} #}', ''],
    [
      '{% macro m(a, b="c") %}${{ a }}${{ b }}{% endmacro %}${{ m("x") }}',
      'xc',
    ],
    ['{% set q = {region: 1} %}${{ q.region }}', '1'],
    ['${{ [1, 2] | join(", ") }} ${{ "values.region" }}', '1, 2 values.region'],
    ['${{ values.empty }}|', '|'],
    ['{% filter upper %}a${{ values.name }}{% endfilter %}', 'APAY'],
  ])('%s renders', (source, expected) => {
    expect(renderText(source, { name: 'pay', empty: null })).toBe(expected);
  });

  it('names file and line of a syntax error', () => {
    expect(() => renderText('a\n{% if values.x %}', { x: 1 })).toThrow(
      /^a:2: /,
    );
    expect(() => renderText('${{ values.x', { x: 1 })).toThrow(RenderError);
  });

  it('refuses chance, two files with one path, and a file that is a folder', () => {
    expect(() => renderText('${{ [1, 2] | random }}')).toThrow("'random'");
    expect(() =>
      renderSkeleton({
        files: [file('a', ''), file('${{ values.x }}', '')],
        values: { x: 'a' },
      }),
    ).toThrow("Another file of the skeleton renders to 'a' too");
    expect(() =>
      renderSkeleton({ files: [file('a', ''), file('a/b', '')], values: {} }),
    ).toThrow("'a' is rendered both as a file and as a folder");
  });

  it('gives the same for any order of files, and leaves text without tags alone', () => {
    const plain = fc
      .string()
      .filter(
        s =>
          !/\{[{%#]|#\}/.test(s) && !s.includes('\0') && !s.startsWith('%PDF-'),
      );
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), plain),
        contents => {
          const files = Object.entries(contents).map(([path, content]) =>
            file(path, content),
          );
          const rendered = renderSkeleton({ files, values: {} });
          expect(rendered).toEqual(
            renderSkeleton({ files: files.reverse(), values: {} }),
          );
          expect(
            Object.fromEntries(rendered.map(f => [f.path, text(f)])),
          ).toEqual({ ...contents });
        },
      ),
    );
  });

  it('never renders a value twice', () => {
    expect(renderText('${{ values.x }}', { x: '${{ 1 + 1 }}' })).toBe(
      '${{ 1 + 1 }}',
    );
  });
});
