import type { Layer } from '../model';
import { catalogVersion } from './catalogVersion';

const layer = {
  template: { entityRef: 'template:default/node', version: '1.9.0' },
} as Layer;

const info = (annotations: string) =>
  `# ours\nkind: Component\nmetadata:\n  name: pay\n  annotations:\n${annotations}spec: { type: service }\n---\nkind: API\n`;

function move(text: string, to = '1.10.0', changed?: string) {
  const encode = (value: string) => new TextEncoder().encode(value);
  const path = 'catalog-info.yaml';
  const moved = catalogVersion({
    layer,
    to,
    ours: new Map([[path, { path, mode: '100644', content: encode(text) }]]),
    changes:
      changed === undefined
        ? []
        : [{ path, mode: '100644', content: encode(changed) }],
  });
  return moved && new TextDecoder().decode(moved.change.content!);
}

describe('catalogVersion', () => {
  it('moves the version and no other byte', () => {
    for (const value of ['1.9.0', '"1.9.0"', "'1.9.0' # of the template"]) {
      const line = `    backstage.io/template-version: ${value}\n`;
      expect(move(info(line))).toBe(info(line.replace('1.9.0', '1.10.0')));
    }
  });

  it('builds on what the update makes of the file', () => {
    const line = '    backstage.io/template-version: 1.9.0\n';
    expect(move(info(line), '1.10.0', `${info(line)}# new\n`)).toBe(
      `${info(line).replace('1.9.0', '1.10.0')}# new\n`,
    );
  });

  it('leaves alone what is not its own', () => {
    const other = '    backstage.io/template-version: 1.8.0\n';
    const foreign =
      '    backstage.io/template-version: 1.9.0\n    backstage.io/source-template: template:default/other\n';
    expect(move(info(other))).toBeUndefined();
    expect(move(info(foreign))).toBeUndefined();
    expect(move(info('    a: b\n'))).toBeUndefined();
    expect(move('{ not yaml')).toBeUndefined();
    expect(
      move(info('    backstage.io/template-version: 1.9.0\n'), '1.9.0'),
    ).toBeUndefined();
  });
});
