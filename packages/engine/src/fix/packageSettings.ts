import { isMap, isSeq } from 'yaml';
import { describeTexts } from './describeTexts';
import type { FileEdit, Fix } from './Fix';
import { mapsIn, nodeAt, pairOf, YamlText } from './YamlText';

type Files = ReadonlyMap<string, string>;

const DEPENDABOT = ['.github/dependabot.yml', '.github/dependabot.yaml'];
const DAYS = 7;
const MINUTES_PER_DAY = 1_440;

const inFolder = (folder: string, name: string) =>
  folder === '' ? name : `${folder}/${name}`;

function editOf(files: Files, path: string, after: string): FileEdit[] {
  const before = files.get(path) ?? null;
  return before === after ? [] : [{ path, before, after }];
}

/** Sets a key of an `.npmrc`; the other lines stay. */
function setNpmrc(files: Files, path: string, key: string, value: string) {
  const text = files.get(path) ?? '';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const line = new RegExp(`^[ \\t]*${key}[ \\t]*(=.*)?$`, 'm');
  const wanted = `${key}=${value}`;
  if (line.test(text)) {
    return editOf(files, path, text.replace(line, wanted));
  }
  const gap = text === '' || /\n$/.test(text) ? '' : eol;
  return editOf(files, path, `${text}${gap}${wanted}${eol}`);
}

/** Sets a key at the top of a YAML settings file. */
function setYaml(files: Files, path: string, key: string, value: string) {
  const text = files.get(path) ?? '';
  if (text.trim() === '') {
    return editOf(files, path, `${text}${key}: ${value}\n`);
  }
  const yaml = YamlText.parse(text);
  if (!yaml || !isMap(yaml.root)) {
    return [];
  }
  const current = nodeAt(yaml.root, key);
  if (current) {
    yaml.replace(current, value);
  } else if (!pairOf(yaml.root, key)) {
    yaml.addTo(yaml.root, [`${key}: ${value}`]);
  }
  return editOf(files, path, yaml.result());
}

function coolBot(files: Files, path: string): FileEdit[] {
  const yaml = YamlText.parse(files.get(path) ?? '');
  if (!yaml) {
    return [];
  }
  for (const update of mapsIn(nodeAt(yaml.root, 'updates'))) {
    const cooldown = nodeAt(update, 'cooldown');
    const days = nodeAt(cooldown, 'default-days');
    if (!pairOf(update, 'cooldown')) {
      const lines = update.flow
        ? [`cooldown: { default-days: ${DAYS} }`]
        : ['cooldown:', `  default-days: ${DAYS}`];
      yaml.addTo(update, lines);
    } else if (days && Number(days.toJSON()) < DAYS) {
      yaml.replace(days, String(DAYS));
    } else if (isMap(cooldown) && !days) {
      yaml.addTo(cooldown, [`default-days: ${DAYS}`]);
    }
  }
  return editOf(files, path, yaml.result());
}

/** `npm in .` and the like, as the fact names them. */
const folderOf = (name: string | undefined) =>
  (name ?? '').replace(/^\S+ in /, '').replace(/^\.$/, '');

/** Lets new releases of dependencies wait. */
export const coolDown: Fix = {
  name: 'cool-down',
  describe:
    'Lets npm, pnpm, Yarn and Dependabot wait seven days before they take a release. Renovate and uv are left alone.',
  apply: files => {
    const early = (describeTexts(files).cooldowns ?? []).filter(
      ({ days }) => days !== undefined && days < 3,
    );
    const edits = early.flatMap(({ source, name, file }): FileEdit[] => {
      const folder = folderOf(name);
      switch (source) {
        case 'npm':
          return setNpmrc(
            files,
            inFolder(folder, '.npmrc'),
            'min-release-age',
            String(DAYS),
          );
        case 'pnpm':
          return setYaml(
            files,
            inFolder(folder, 'pnpm-workspace.yaml'),
            'minimumReleaseAge',
            String(DAYS * MINUTES_PER_DAY),
          );
        case 'yarn':
          return setYaml(
            files,
            inFolder(folder, '.yarnrc.yml'),
            'npmMinimalAgeGate',
            `${DAYS}d`,
          );
        case 'dependabot':
          return coolBot(files, file);
        default:
          return [];
      }
    });
    return [...new Map(edits.map(edit => [edit.path, edit])).values()];
  },
};

/** Keeps install scripts of dependencies from running. */
export const ignoreInstallScripts: Fix = {
  name: 'ignore-install-scripts',
  describe:
    'Sets `ignore-scripts=true` in `.npmrc`, or `enableScripts: false` for Yarn 2 and later. A dependency that compiles on installation then has to be allowed by name.',
  apply: files => {
    const open = (describeTexts(files).manifests ?? []).filter(
      m => m.ecosystem === 'npm' && m.installScriptsControlled === false,
    );
    const roots = new Set(
      open.filter(m => !m.member).map(m => m.directory ?? ''),
    );
    const edits = [...roots].flatMap(folder =>
      files.has(inFolder(folder, '.yarnrc.yml'))
        ? setYaml(
            files,
            inFolder(folder, '.yarnrc.yml'),
            'enableScripts',
            'false',
          )
        : setNpmrc(files, inFolder(folder, '.npmrc'), 'ignore-scripts', 'true'),
    );
    return edits;
  },
};

function entryLines(ecosystem: string, directory: string): string[] {
  return [
    `package-ecosystem: ${ecosystem}`,
    `directory: /${directory}`,
    'schedule:',
    '  interval: weekly',
    'cooldown:',
    `  default-days: ${DAYS}`,
  ];
}

/** Lets Dependabot look after what nobody does. */
export const updateBot: Fix = {
  name: 'update-bot',
  describe:
    'Adds an entry to `.github/dependabot.yml` for every ecosystem no update bot looks after. A repository with Renovate is left alone.',
  apply: files => {
    const hasRenovate = [...files.keys()].some(path =>
      /(^|\/)(renovate\.json5?|\.renovaterc(\.json5?)?)$/.test(path),
    );
    const open = (describeTexts(files).ecosystems ?? []).flatMap(e =>
      e.ecosystem && e.covered === false
        ? [entryLines(e.ecosystem, e.directory ?? '')]
        : [],
    );
    if (hasRenovate || open.length === 0) {
      return [];
    }
    const path = DEPENDABOT.find(file => files.has(file)) ?? DEPENDABOT[0];
    const text = files.get(path);
    if (text === undefined) {
      const entries = open.flatMap(lines =>
        lines.map((line, i) => `  ${i === 0 ? '- ' : '  '}${line}`),
      );
      const after = ['version: 2', 'updates:', ...entries, ''].join('\n');
      return [{ path, before: null, after }];
    }
    const yaml = YamlText.parse(text);
    const updates = nodeAt(yaml?.root, 'updates');
    if (!yaml || !isSeq(updates)) {
      return [];
    }
    for (const lines of open) {
      yaml.addItem(updates, lines);
    }
    return editOf(files, path, yaml.result());
  },
};
