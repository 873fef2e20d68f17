import type { Fix } from './Fix';
import { editWorkflows, setInput, usesOf } from './workflowFiles';
import { nodeAt, textAt } from './YamlText';

const OPTIONS =
  '(?<options>(?:[ \\t]+--(?:no-audit|no-fund|ignore-scripts|prefer-offline|legacy-peer-deps|silent))*)';
const NPM = new RegExp(
  `(?<![\\w-])npm[ \\t]+(?:install|i)(?=${OPTIONS}[ \\t]*(?:&&|\\|\\||;|#|["'\\r\\n]|$))`,
  'gm',
);
const YARN =
  /(?<![\w-])yarn(?:[ \t]+install)?(?=[ \t]*(?:&&|\|\||;|#|["'\r\n]|$))/gm;

/** Lets pipelines install exactly what is locked. */
export const frozenInstall: Fix = {
  name: 'frozen-install',
  describe:
    'Writes `npm ci` for `npm install`, and `--immutable` or `--frozen-lockfile` for Yarn, in workflows of a repository with the lockfile at its root. Other package managers, and steps in other folders, are left alone.',
  apply: files => {
    const isModernYarn =
      files.has('.yarnrc.yml') ||
      /^# yarn lockfile v1/m.test(files.get('yarn.lock') ?? '') === false;
    const yarn = `yarn install ${
      isModernYarn ? '--immutable' : '--frozen-lockfile'
    }`;
    const hasNpmLock =
      files.has('package-lock.json') || files.has('npm-shrinkwrap.json');
    return editWorkflows(
      files,
      ({ yaml, jobs }) => {
        for (const step of jobs.flatMap(job => job.steps)) {
          const run = nodeAt(step, 'run');
          const isElsewhere =
            nodeAt(step, 'working-directory') ||
            /(^|[;&\s])cd\s/.test(textAt(step, 'run') ?? '');
          if (run && !isElsewhere) {
            if (hasNpmLock) {
              yaml.replaceIn(run, NPM, 'npm ci');
            }
            if (files.has('yarn.lock')) {
              yaml.replaceIn(run, YARN, yarn);
            }
          }
        }
      },
      { actions: true },
    );
  },
};

/** Package managers a set-up action can cache, by the file that shows which one is in use. */
const CACHES: [RegExp, [string, string][]][] = [
  [
    /^actions\/setup-node@/i,
    [
      ['package-lock.json', 'npm'],
      ['npm-shrinkwrap.json', 'npm'],
      ['yarn.lock', 'yarn'],
      ['pnpm-lock.yaml', 'pnpm'],
    ],
  ],
  [
    /^actions\/setup-python@/i,
    [
      ['requirements.txt', 'pip'],
      ['poetry.lock', 'poetry'],
      ['Pipfile.lock', 'pipenv'],
    ],
  ],
  [
    /^actions\/setup-java@/i,
    [
      ['pom.xml', 'maven'],
      ['build.gradle', 'gradle'],
      ['build.gradle.kts', 'gradle'],
    ],
  ],
];

/** Lets set-up actions keep what they download. */
export const dependencyCache: Fix = {
  name: 'dependency-cache',
  describe:
    'Adds `cache:` with the package manager in use to setup-node, setup-python and setup-java, where the repository has its lockfile at the root.',
  apply: files =>
    editWorkflows(
      files,
      ({ yaml, jobs }) => {
        for (const step of jobs.flatMap(job => job.steps)) {
          const text = usesOf(step)?.text ?? '';
          const cache = CACHES.find(([name]) => name.test(text))?.[1].find(
            ([file]) => files.has(file),
          )?.[1];
          const isSet = ['cache', 'package-manager-cache'].some(name =>
            nodeAt(step, 'with', name),
          );
          if (cache && !isSet) {
            setInput(yaml, step, 'cache', cache);
          }
        }
      },
      { actions: true },
    ),
};
