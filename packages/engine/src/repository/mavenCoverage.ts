import { programOf } from './commandProgram';
import { textOf } from './locatedTree';
import {
  elementOf,
  elementsOf,
  executionsOf,
  type MavenProject,
  pluginOf,
  readMavenProject,
  resolved,
} from './mavenProject';
import type { Run } from './pipelineData';
import { nameOf, type Repository } from './repositoryFile';
import { shellCommands } from './shellCommands';
import type { Coverage } from './sourceData';

/** The phases from the tests on, in order. */
const PHASES = [
  'test',
  'prepare-package',
  'package',
  'pre-integration-test',
  'integration-test',
  'post-integration-test',
  'verify',
  'install',
  'deploy',
];

/** Whether a command lets Maven get as far as a phase, with the tests and without skipping the measurement. */
function reaches(command: string, phase: string): boolean {
  const wanted = PHASES.slice(Math.max(0, PHASES.indexOf(phase)));
  return shellCommands(command, { errexit: true }).some(({ words }) => {
    const [tool = '', ...args] = programOf(words);
    return (
      /^mvnw?$/.test(nameOf(tool)) &&
      args.some(arg => wanted.includes(arg)) &&
      !args.some(arg =>
        /^-D(skipTests|maven\.test\.skip|jacoco\.skip)(=true)?$/.test(arg),
      )
    );
  });
}

/** Whether a plugin that the project does not name may be in its modules or in a parent that is not in the repository. */
function mayComeFromElsewhere({ root, chain }: MavenProject): boolean {
  const parent = elementOf(chain[chain.length - 1], 'parent');
  const isKnown =
    textOf(elementOf(parent, 'artifactId')) === 'spring-boot-starter-parent';
  return elementOf(root, 'modules') !== undefined || (!!parent && !isKnown);
}

/**
 * Finds the floors of JaCoCo's `check` in a `pom.xml` at the root. A floor is enforced when the agent measures, the check
 * stops the build, and a pipeline lets Maven get as far as the check. An element without a floor says that one may be
 * set in a place that is not read.
 */
export function mavenFloors(repository: Repository, runs: Run[]): Coverage[] {
  const file = 'pom.xml';
  const project = readMavenProject(repository, file);
  if (project === 'unreadable') {
    return [{ file, line: 1, unreadable: true }];
  }
  const plugin = pluginOf(project, 'jacoco-maven-plugin');
  if (plugin.length === 0 && mayComeFromElsewhere(project)) {
    return [{ file, line: 1 }];
  }
  const measures = ['prepare-agent', 'prepare-agent-integration'].some(
    goal => executionsOf(plugin, goal).length > 0,
  );
  return executionsOf(plugin, 'check').flatMap(
    ({ execution, configurations }) => {
      const phase = textOf(elementOf(execution, 'phase')) || 'verify';
      const stops = !configurations.some(
        c => textOf(elementOf(c, 'haltOnFailure')) === 'false',
      );
      const enforced =
        measures &&
        stops &&
        runs.some(({ command }) => reaches(command ?? '', phase));
      const limits = configurations
        .flatMap(c => elementsOf(c, 'rules', 'rule'))
        .filter(rule =>
          ['', 'BUNDLE'].includes(textOf(elementOf(rule, 'element')) ?? ''),
        )
        .flatMap(rule => elementsOf(rule, 'limits', 'limit'));
      const floorOf = (counter: string) =>
        limits.flatMap((limit): { floor: number; line: number }[] => {
          const text = (name: string) =>
            resolved(project, textOf(elementOf(limit, name)) ?? '');
          const isRatio = ['', 'COVEREDRATIO'].includes(text('value'));
          // JaCoCo counts instructions when nothing is said.
          const counts = text('counter') || 'INSTRUCTION';
          const floor = Number(text('minimum').replace(/%$/, ''));
          const share = text('minimum').endsWith('%') ? 1 : 100;
          return isRatio && counts === counter && floor > 0
            ? [
                {
                  floor: Math.round(floor * share * 100) / 100,
                  line: limit.line,
                },
              ]
            : [];
        })[0];
      const found = floorOf('LINE') ?? floorOf('INSTRUCTION');
      return found
        ? [
            {
              file,
              line: found.line,
              tool: 'jacoco',
              floor: found.floor,
              enforced,
            },
          ]
        : [];
    },
  );
}
