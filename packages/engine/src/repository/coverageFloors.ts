import { programOf } from './commandProgram';
import { goFloors } from './goCoverage';
import {
  childOf,
  entriesOf,
  entryOf,
  type Located,
  readTree,
  textOf,
  valueOf,
} from './locatedTree';
import { mavenFloors } from './mavenCoverage';
import type { PackageScript } from './packageData';
import type { Run } from './pipelineData';
import type { Repository } from './repositoryFile';
import { shellCommands } from './shellCommands';
import type { Coverage } from './sourceData';

/** Text of one setting block of a JavaScript or TypeScript configuration. */
interface Block {
  text: string;
  line: number;
}

const METRICS = ['lines', 'statements', 'branches', 'functions'];
/** Floors that `--check-coverage` alone sets for lines. */
const CHECKED_FLOORS = new Map([
  ['c8', 90],
  ['nyc', 90],
  ['borp', 100],
]);
/** Vitest's short form for a floor of 100 of every metric. */
const ALL_OF_IT = /(^|[\s,{])['"]?100['"]?\s*:\s*true\b/;
const MEASURES =
  /--(experimental-test-coverage|coverage(?!\.enabled=false)|cov(erage)?(=|$|\s)|collectCoverage)|\b(c8|nyc)\b|\bcoverage run\b|-cover(profile|mode)?\b/;

/** Of the floors of several metrics the one of lines, else the lowest. */
function floorOf(values: Map<string, number>): number | undefined {
  const lines = values.get('lines');
  return lines ?? (values.size > 0 ? Math.min(...values.values()) : undefined);
}

function numbersOf(node: Located | undefined): Map<string, number> {
  return new Map(
    METRICS.flatMap((metric): [string, number][] => {
      const value = valueOf(childOf(node, metric));
      return typeof value === 'number' && value >= 0 ? [[metric, value]] : [];
    }),
  );
}

/** Comments replaced by spaces of the same length, so that lines stay. */
function withoutComments(text: string): string {
  const blank = (match: string) => match.replace(/[^\n]/g, ' ');
  let kept = '';
  let at = 0;
  while (at < text.length) {
    const start = text.indexOf('/*', at);
    const end = start < 0 ? -1 : text.indexOf('*/', start + 2);
    if (end < 0) {
      break;
    }
    kept += text.slice(at, start) + blank(text.slice(start, end + 2));
    at = end + 2;
  }
  return (kept + text.slice(at)).replace(/(^|[\s;,{}])\/\/[^\n]*/g, blank);
}

/** The braces that follow a key. */
function blockAfter(text: string, key: string): Block | undefined {
  const match = new RegExp(`\\b${key}\\b['"]?\\s*:\\s*\\{`).exec(text);
  if (!match) {
    return undefined;
  }
  const start = match.index + match[0].length;
  let depth = 1;
  let at = start;
  for (; at < text.length && depth > 0; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
  }
  const line = text.slice(0, match.index).split('\n').length;
  return { text: text.slice(start, at - 1), line };
}

function numbersIn(text: string): Map<string, number> {
  return new Map(
    METRICS.flatMap((metric): [string, number][] => {
      const match = new RegExp(
        `(?:^|[\\s,{'"])${metric}['"]?\\s*:\\s*(\\d+(?:\\.\\d+)?)\\b`,
      ).exec(text);
      return match ? [[metric, Number(match[1])]] : [];
    }),
  );
}

function fromSourceConfig(
  repository: Repository,
  file: string,
  measured: boolean,
): Coverage[] {
  const read = repository.read(file);
  if (typeof read === 'string') {
    return [{ file, line: 1, unreadable: true }];
  }
  const text = withoutComments(read.text);
  const isVitest = /vite/.test(file);
  const outer = isVitest ? blockAfter(text, 'coverage') : undefined;
  const block = isVitest
    ? outer && blockAfter(outer.text, 'thresholds')
    : blockAfter(text, 'coverageThreshold');
  const floor =
    block &&
    (isVitest && ALL_OF_IT.test(block.text)
      ? 100
      : floorOf(numbersIn(block.text)));
  if (!block || floor === undefined) {
    return [];
  }
  const switchedOn = isVitest
    ? /\benabled\s*:\s*true\b/.test(outer?.text ?? '')
    : /\bcollectCoverage\s*:\s*true\b/.test(text);
  return [
    {
      file,
      line: isVitest ? outer!.line + block.line - 1 : block.line,
      tool: isVitest ? 'vitest' : 'jest',
      floor,
      enforced: measured || switchedOn,
    },
  ];
}

function fromPackageJson(
  repository: Repository,
  file: string,
  measured: boolean,
): Coverage[] {
  const documents = readTree(repository, file, 'json');
  if (typeof documents === 'string') {
    return documents === 'absent' ? [] : [{ file, line: 1, unreadable: true }];
  }
  const [root] = documents;
  const found: Coverage[] = [];
  const jest = childOf(root, 'jest') ?? root;
  const threshold = entryOf(jest, 'coverageThreshold');
  const jestFloor = floorOf(numbersOf(childOf(threshold?.node, 'global')));
  if (threshold && jestFloor !== undefined) {
    const switchedOn = valueOf(childOf(jest, 'collectCoverage')) === true;
    found.push({
      file,
      line: threshold.line,
      tool: 'jest',
      floor: jestFloor,
      enforced: measured || switchedOn,
    });
  }
  for (const tool of ['c8', 'nyc']) {
    const isOwn = new RegExp(`\\.${tool}rc`).test(file);
    const node = isOwn ? root : childOf(root, tool);
    if (node && valueOf(childOf(node, 'check-coverage')) === true) {
      const floor = floorOf(numbersOf(node)) ?? 90;
      found.push({ file, line: node.line, tool, floor, enforced: measured });
    }
  }
  return found;
}

/** Floors given on a command line. */
function fromCommand(
  place: { file: string; line: number },
  command: string,
): Coverage[] {
  return shellCommands(command, { errexit: true }).flatMap(({ words }) => {
    const [tool] = programOf(words);
    const text = words.join(' ');
    const values = new Map(
      METRICS.flatMap((metric): [string, number][] => {
        const match = new RegExp(
          `--(?:test-coverage-|coverage\\.thresholds\\.)?${metric}[= ](\\d+(?:\\.\\d+)?)`,
        ).exec(text);
        return match ? [[metric, Number(match[1])]] : [];
      }),
    );
    const python = /--(?:cov-)?fail[-_]under[= ](\d+(?:\.\d+)?)/.exec(text);
    const checked = /--check-coverage(?!=false)/.test(text)
      ? CHECKED_FLOORS.get(tool)
      : undefined;
    const floor = python ? Number(python[1]) : floorOf(values) ?? checked;
    const isKnown =
      python ||
      /--test-coverage-|--coverage\.thresholds\./.test(text) ||
      checked !== undefined;
    return floor !== undefined && isKnown
      ? [{ ...place, tool, floor, enforced: MEASURES.test(text) || !!python }]
      : [];
  });
}

function fromPython(repository: Repository, measured: boolean): Coverage[] {
  const found: Coverage[] = [];
  const file = 'pyproject.toml';
  const documents = readTree(repository, file, 'toml');
  if (documents === 'unreadable') {
    found.push({ file, line: 1, unreadable: true });
  } else if (documents !== 'absent') {
    const tool = childOf(documents[0], 'tool');
    const options = textOf(childOf(tool, 'pytest', 'ini_options', 'addopts'));
    const under = valueOf(childOf(tool, 'coverage', 'report', 'fail_under'));
    const place = { file, line: 1 };
    if (typeof under === 'number') {
      const enforced = measured || /--cov\b/.test(options ?? '');
      found.push({ ...place, tool: 'coverage.py', floor: under, enforced });
    }
    found.push(...fromCommand(place, `pytest ${options ?? ''}`));
  }
  for (const path of ['.coveragerc', 'setup.cfg', 'tox.ini']) {
    const read = repository.read(path);
    if (read === 'unreadable') {
      found.push({ file: path, line: 1, unreadable: true });
    } else if (read !== 'absent') {
      read.text.split('\n').forEach((text, index) => {
        const floor = /^\s*fail_under\s*=\s*(\d+(?:\.\d+)?)/.exec(text)?.[1];
        if (floor !== undefined) {
          const place = { file: path, line: index + 1, tool: 'coverage.py' };
          found.push({ ...place, floor: Number(floor), enforced: measured });
        }
      });
    }
  }
  return found;
}

/**
 * Finds configured coverage floors of Node's own runner, Jest, Vitest, c8, nyc, borp, coverage.py, go-test-coverage,
 * `go tool cover` with awk, and JaCoCo in Maven builds. The floors of Gradle builds are not read: such a build gives an element without a floor.
 */
export function findCoverageFloors(options: {
  repository: Repository;
  scripts: PackageScript[];
  runs: Run[];
}): Coverage[] {
  const { repository, scripts, runs } = options;
  const commands = [
    ...scripts.map(({ file, line, command }) => ({ file, line, command })),
    ...runs.map(({ file, line, command }) => ({ file, line, command })),
  ];
  const measured = commands.some(({ command }) => MEASURES.test(command ?? ''));
  const found = commands.flatMap(({ file, line, command }) =>
    fromCommand({ file, line }, command ?? ''),
  );
  found.push(...goFloors(commands));
  for (const file of repository.paths) {
    if (/^(vitest|vite|jest)\.config\.[cm]?[jt]s$/.test(file)) {
      found.push(...fromSourceConfig(repository, file, measured));
    } else if (
      /^(package|jest\.config|\.c8rc|\.nycrc)\.json$|^\.(c8|nyc)rc$/.test(file)
    ) {
      found.push(...fromPackageJson(repository, file, measured));
    } else if (file === 'pom.xml') {
      found.push(...mavenFloors(repository, runs));
    } else if (/^build\.gradle(\.kts)?$/.test(file)) {
      found.push({ file, line: 1 });
    } else if (/^\.(github\/)?\.?testcoverage\.ya?ml$/.test(file)) {
      const documents = readTree(repository, file, 'yaml');
      const root = typeof documents === 'string' ? undefined : documents[0];
      const total = entriesOf(childOf(root, 'threshold')).find(
        ([key]) => key === 'total',
      )?.[1];
      const floor = valueOf(total?.node);
      if (total && typeof floor === 'number') {
        const tool = 'go-test-coverage';
        found.push({ file, line: total.line, tool, floor, enforced: measured });
      }
    }
  }
  return [...found, ...fromPython(repository, measured)];
}
