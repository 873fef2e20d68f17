import { describeTexts } from './describeTexts';
import type { FileEdit, Fix } from './Fix';
import { textAt, YamlText } from './YamlText';

type Files = ReadonlyMap<string, string>;

const CODEOWNERS = '.github/CODEOWNERS';
const SLUGS = ['github.com/project-slug', 'gitlab.com/project-slug'];
const POLICIES = [
  'SECURITY.md',
  '.github/SECURITY.md',
  'docs/SECURITY.md',
  'SECURITY',
  'SECURITY.rst',
  'SECURITY.txt',
];

function catalogEntity(files: Files) {
  const [first] = (files.get('catalog-info.yaml') ?? '').split(/^---\s*$/m);
  const root = YamlText.parse(first)?.root;
  const [github, gitlab] = SLUGS.map(name =>
    textAt(root, 'metadata', 'annotations', name),
  );
  return {
    owner: textAt(root, 'spec', 'owner'),
    github,
    organisation: (github ?? gitlab)?.split('/')[0],
  };
}

/** Who owns everything: the owners of the last rule for `*`, else the catalog's owner as a team of the same organisation. */
function defaultOwners(files: Files, text: string): string | undefined {
  const rules = [...text.matchAll(/^\*[ \t]+([^#\r\n]*\S)/gm)];
  if (rules.length > 0) {
    return rules[rules.length - 1][1];
  }
  const { owner, organisation } = catalogEntity(files);
  const team = /^(?:group:)?(?:[\w.-]+\/)?([\w.-]+)$/i.exec(owner ?? '')?.[1];
  return organisation && team ? `@${organisation}/${team}` : undefined;
}

/** The pattern for a guarded path: the folder of workflows as a whole, else the file. */
function patternOf(path: string): string {
  const folder = /^(\.github|\.claude|\.cursor)\//.exec(path)?.[1];
  return folder ? `/${folder}/` : `/${path.replace(/ /g, '\\ ')}`;
}

/** Gives what guards the service an owner. */
export const codeowners: Fix = {
  name: 'codeowners',
  describe:
    'Adds a rule to CODEOWNERS for each guarded file without an owner, with the owners of the rule for `*`, or the owner in the catalog as a team of the organisation the repository lies in. Without either it does nothing.',
  apply: (files: Files): FileEdit[] => {
    const facts = describeTexts(files);
    const described = facts.codeowners;
    const path = described?.file ?? CODEOWNERS;
    const text = files.get(path) ?? '';
    const owners = defaultOwners(files, text);
    const unowned = [
      ...(described?.guarded ?? []),
      ...(facts.agentConfigs ?? []),
    ].flatMap(file => (file.owned === false && file.path ? [file.path] : []));
    const ruled = new Set(
      [...text.matchAll(/^(\S+)[ \t]+[^#\s]/gm)].map(([, pattern]) => pattern),
    );
    const patterns = [...new Set(unowned.map(patternOf))]
      .filter(pattern => !ruled.has(pattern))
      .sort();
    if (!owners || patterns.length === 0) {
      return [];
    }
    const eol = text.includes('\r\n') ? '\r\n' : '\n';
    const gap = text === '' || /\n$/.test(text) ? '' : eol;
    // The file guards itself from the moment it is there
    const all = files.has(path)
      ? patterns
      : [...new Set(['/.github/', ...patterns])];
    const rules = all.map(pattern => `${pattern} ${owners}${eol}`);
    return [
      {
        path,
        before: files.get(path) ?? null,
        after: `${text}${gap}${rules.join('')}`,
      },
    ];
  },
};

/** Says where to report a vulnerability. */
export const securityPolicy: Fix = {
  name: 'security-policy',
  describe:
    'Writes a `SECURITY.md` that says where to report a vulnerability, when there is none. Read it and put your own contact in.',
  apply: files => {
    const { owner, github } = catalogEntity(files);
    const isThere = POLICIES.some(
      path => (files.get(path) ?? '').trim() !== '',
    );
    if (isThere) {
      return [];
    }
    const path = 'SECURITY.md';
    const where = github
      ? `Report it in private at https://github.com/${github}/security/advisories/new`
      : 'Report it in private, with "Report a vulnerability" on the security page of this repository';
    const whom = owner ? `, or to the owner, \`${owner}\`` : '';
    return [
      {
        path,
        before: files.get(path) ?? null,
        after: [
          '# Security policy',
          '',
          '## Report a vulnerability',
          '',
          `${where}${whom}.`,
          'Please do not open a public issue. Say what is affected, how to reproduce it and what it makes possible.',
          '',
          'You get an answer within five working days, and news at least every two weeks until it is fixed.',
          '',
        ].join('\n'),
      },
    ];
  },
};
