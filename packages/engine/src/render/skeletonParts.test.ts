import { type TemplateManifest, templateManifestSchema } from '../model';
import { skeletonInputDigest } from './digest';
import {
  renderTemplate,
  skeletonFolders,
  skeletonParts,
} from './skeletonParts';
import type { SourceFile } from './sourceFile';

const bytes = (text: string) => new TextEncoder().encode(text);
const file = (path: string, text = path): SourceFile => ({
  path,
  mode: '100644',
  content: bytes(text),
});

function manifestOf(
  fields: Partial<Record<keyof TemplateManifest, unknown>> = {},
): TemplateManifest {
  return templateManifestSchema.parse({
    schemaVersion: 1,
    version: '1.0.0',
    ...fields,
  });
}

const manifest = manifestOf({
  copyWithoutTemplating: ['.github/**'],
  variants: [
    { folder: './variants/github', when: { forge: ['local', 'github'] } },
    {
      folder: 'variants/scanning/',
      when: { forge: ['github'], scanning: [true] },
    },
    { folder: 'variants/gitlab', when: { forge: ['gitlab'] } },
  ],
  defaults: { scanning: false, plan: 'free' },
});

const files = [
  file('template.yaml'),
  file('skeleton/README.md', '# ${{ values.name }} on ${{ values.plan }}'),
  file('variants/github/.github/ci.yml', '${{ github.ref }}'),
  file('variants/scanning/.github/scan.yml'),
  file('variants/gitlab/.gitlab-ci.yml'),
];

const render = (values: Record<string, string | boolean>) =>
  renderTemplate({
    manifest,
    parts: skeletonParts({ manifest, files }),
    values,
  })
    .map(({ path, content }) => [path, new TextDecoder().decode(content)])
    .map(([path, text]) => (path === 'README.md' ? `${path}: ${text}` : path));

describe('renderTemplate', () => {
  it.each([
    [
      { name: 'pay', forge: 'github' },
      ['.github/ci.yml', 'README.md: # pay on free'],
    ],
    [
      { name: 'pay', forge: 'github', scanning: true, plan: 'advanced' },
      ['.github/ci.yml', '.github/scan.yml', 'README.md: # pay on advanced'],
    ],
    [
      { name: 'pay', forge: 'gitlab', scanning: true },
      ['.gitlab-ci.yml', 'README.md: # pay on free'],
    ],
    [{ name: 'pay' }, ['README.md: # pay on free']],
    [
      { name: 'pay', forge: 'github', scanning: 'true' },
      ['.github/ci.yml', 'README.md: # pay on free'],
    ],
  ])('renders for %j what the values ask for', (values, expected) => {
    expect(render(values)).toEqual(expected);
  });

  it('refuses two variants that hold the same path, when both are asked for', () => {
    const both = manifestOf({
      variants: [
        { folder: 'a', when: { x: [1, 2] } },
        { folder: 'b', when: { x: [2, 3] } },
      ],
    });
    const parts = skeletonParts({
      manifest: both,
      files: [file('skeleton/x'), file('a/ci.yml'), file('b/ci.yml')],
    });
    const paths = (x: number) =>
      renderTemplate({ manifest: both, parts, values: { x } }).length;
    expect([paths(1), paths(3), paths(4)]).toEqual([2, 2, 1]);
    expect(() => paths(2)).toThrow("Both 'a' and 'b' hold it");
  });
});

describe('skeletonFolders', () => {
  it.each([
    [{ skeleton: '../other' }, 'outside'],
    [{ skeleton: '/etc' }, 'outside'],
    [
      { variants: [{ folder: './skeleton/x', when: { a: [1] } }] },
      "'skeleton' and 'skeleton/x' overlap",
    ],
    [
      { skeleton: '.', variants: [{ folder: 'x', when: { a: [1] } }] },
      'overlap',
    ],
  ])('refuses %j', (fields, message) => {
    expect(() => skeletonFolders(manifestOf(fields))).toThrow(message);
  });

  it('refuses a variant without a condition at the door', () => {
    expect(() => manifestOf({ variants: [{ folder: 'x', when: {} }] })).toThrow(
      'belongs in the skeleton',
    );
  });
});

it('the input digest changes with a variant as with the skeleton', () => {
  const digest = (list: SourceFile[]) =>
    skeletonInputDigest({
      manifest: bytes(''),
      parts: skeletonParts({ manifest, files: list }),
    });
  const changed = files.map(f =>
    f.path.startsWith('variants/gitlab') ? file(f.path, 'other') : f,
  );
  expect(digest(changed)).not.toBe(digest(files));
  expect(digest([...files].reverse())).toBe(digest(files));
});

it('names a folder that is empty', () => {
  expect(() => skeletonParts({ manifest, files: files.slice(0, 3) })).toThrow(
    "'variants/scanning' holds no files",
  );
});
