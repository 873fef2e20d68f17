import { type Check, FIXES, type GoldenPath } from '@goldenpath/engine';
import { markdownTable, plain } from './markdown';

const EFFORTS = { low: 'minutes', medium: 'hours', high: 'days' };

/** Where the names a check maps to come from. */
const CATALOGUES: Record<string, string> = {
  openssf: 'OpenSSF Scorecard',
  zizmor: 'zizmor',
  slsa: 'SLSA',
  dora: 'DORA',
  s2c2f: 'S2C2F',
};

function stageText({ rollout }: Check): string {
  const { stage, enforceFrom } = rollout;
  if (stage === 'shadow') {
    return 'shadow: judged, counts nowhere';
  }
  if (enforceFrom) {
    return `counts from ${enforceFrom}, announced before`;
  }
  return stage === 'warn' ? 'warn: announced, does not count' : 'enforced';
}

function mapsText(maps: string[]): string {
  return maps
    .map(entry => {
      const [, prefix, name] = /^([^:]+):(.+)$/.exec(entry) ?? [];
      return name
        ? `${CATALOGUES[prefix.toLowerCase()] ?? prefix} \`${name}\``
        : `\`${entry}\``;
    })
    .join(', ');
}

/** Code in a fence that is longer than any in it. */
function code(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(t => t.length));
  const fence = '`'.repeat(longest + 1);
  return [fence, text.trim(), fence].join('\n');
}

function checkSection(check: Check, depth: number): string {
  const { remediation } = check;
  const fix = FIXES.get(remediation?.fix ?? '');
  const rows = [
    ['Level', plain(check.level)],
    ['Weight', String(check.weight)],
    ['Category', plain(check.category)],
    ['Stage', stageText(check)],
    ['Reads', check.facts.map(fact => `\`${fact}\``).join(', ')],
    ...(remediation?.effort ? [['Effort', EFFORTS[remediation.effort]]] : []),
    ...(fix
      ? [['Automatic fix', `\`${fix.name}\`: ${plain(fix.describe)}`]]
      : []),
    ...(check.maps.length > 0 ? [['Maps to', mapsText(check.maps)]] : []),
  ];
  return [
    `${'#'.repeat(depth)} ${plain(check.id)}: ${plain(check.title)}`,
    ...(check.description ? [plain(check.description)] : []),
    markdownTable(['', ''], rows),
    ...(check.when ? ['Applies when', code(check.when)] : []),
    'Passes when',
    code(check.pass),
    ...(remediation?.text
      ? [`**What to do:** ${plain(remediation.text)}`]
      : []),
    ...(remediation?.template ? [`Template: \`${remediation.template}\``] : []),
    ...(remediation?.url ? [`More: <${encodeURI(remediation.url)}>`] : []),
  ].join('\n\n');
}

/** Every check of a path as Markdown, level by level. */
export function pathDocs(goldenPath: GoldenPath, depth: number): string {
  const { metadata, spec } = goldenPath;
  const heading = (below: number, text: string) =>
    `${'#'.repeat(depth + below)} ${text}`;
  const levels = spec.levels.flatMap(level => {
    const checks = spec.checks.filter(check => check.level === level);
    return checks.length === 0
      ? []
      : [
          heading(1, plain(level)),
          ...checks.map(check => checkSection(check, depth + 2)),
        ];
  });
  return [
    heading(0, plain(metadata.title ?? metadata.name)),
    ...(metadata.description ? [plain(metadata.description)] : []),
    `Path \`${metadata.name}\`, version ${spec.version}, kept by \`${
      spec.owner
    }\`: ${spec.checks.length} checks on the levels ${spec.levels.join(
      ', ',
    )}. It is for entities that match`,
    code(JSON.stringify(spec.appliesTo, null, 2)),
    ...levels,
  ].join('\n\n');
}

/** All checks of several paths as one document. */
export function pathsDocs(goldenPaths: GoldenPath[]): string {
  return goldenPaths.length === 1
    ? `${pathDocs(goldenPaths[0], 1)}\n`
    : `${['# Checks', ...goldenPaths.map(one => pathDocs(one, 2))].join(
        '\n\n',
      )}\n`;
}
