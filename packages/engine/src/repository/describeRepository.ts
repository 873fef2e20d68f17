import { describeAgentConfigs, describeRequestTemplates } from './agentConfigs';
import { describeAgents } from './agents';
import { describeReleases } from './analysisTemplates';
import { describeApis } from './apiDocuments';
import { describeCodeowners } from './codeowners';
import { findCoverageFloors } from './coverageFloors';
import { describeDelivery } from './delivery';
import { describeDockerfiles } from './dockerfiles';
import { describeDocumentation } from './documentation';
import { describeFlags } from './flags';
import { joinFlagUse } from './flagUse';
import { describeGoldenPathFiles } from './goldenPathFiles';
import { describeLifecycle } from './lifecycle';
import { describeEntities, describeKubernetes } from './manifestDocuments';
import { describeOtherPipelines } from './otherPipelines';
import { describeManifests } from './packageManifests';
import { packageCooldowns } from './packageSettings';
import { describeJobs } from './pipelineCommands';
import { MAX_LIST, type RepositoryData } from './repositoryData';
import {
  openRepository,
  type Repository,
  type RepositoryFile,
} from './repositoryFile';
import { describeResilience } from './resilience';
import { describeServiceLevels } from './serviceLevels';
import { describeTelemetry } from './telemetry';
import { findTests } from './testFiles';
import { describeUpdates } from './updateBots';
import { describeWorkflows } from './workflowFacts';
import { readWorkflowGraph } from './workflowGraph';
import { describeWorkloads } from './workloads';

type Part = Partial<RepositoryData>;

function describePipelines(repository: Repository): Part {
  const graph = readWorkflowGraph(repository);
  const { pipelines, ...workflows } = describeWorkflows(repository, graph);
  const jobs = describeJobs(repository, graph);
  const others = describeOtherPipelines(repository);
  const { installs, ...docker } = describeDockerfiles(repository);
  return {
    ...workflows,
    ...docker,
    pipelines: [...pipelines, ...others.pipelines],
    jobs: jobs.jobs,
    runs: [...jobs.runs, ...others.runs],
    scans: [...jobs.scans, ...others.scans],
    installs: [...jobs.installs, ...others.installs, ...installs],
  };
}

function describePackages(repository: Repository, now: Date): Part {
  const packages = describeManifests(repository);
  const { ecosystems, cooldowns } = describeUpdates(
    repository,
    packages.manifests,
  );
  return {
    ...packages,
    ecosystems,
    cooldowns: [
      ...packageCooldowns(repository, packages.manifests, now),
      ...cooldowns,
    ],
  };
}

/** What needs dependencies, scripts and commands to be known. */
function describeRunning(repository: Repository, facts: Part): Part {
  const { dependencies, scripts, runs, entities } = facts;
  return {
    ...(runs && entities
      ? describeServiceLevels({ repository, runs, entities })
      : {}),
    ...(dependencies && scripts
      ? {
          ...describeTelemetry({ repository, dependencies, scripts }),
          ...describeLifecycle(repository, dependencies),
          ...describeResilience(repository, dependencies),
        }
      : {}),
  };
}

/** A list that is too long ends with an element that tells nothing, so that no rule holds for what was cut off. */
function capped(part: Part): Part {
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => {
      const isLong = Array.isArray(value) && value.length > MAX_LIST;
      const rest = { file: '.', line: 1, unreadable: true };
      return [key, isLong ? [...value.slice(0, MAX_LIST), rest] : value];
    }),
  );
}

/**
 * Turns the files of a repository into the `data` of its `repository` fact, which {@link repositoryDataSchema} documents.
 * Reads what is given and nothing else; runs anywhere.
 *
 * Never throws for what the files hold: whatever cannot be read is listed in `problems`, and what depends on it is absent.
 *
 * @param options.files - all files of one commit, without the repository's own metadata
 * @param options.commit - their commit, `null` when there is none
 * @param options.now - decides what has expired
 * @param options.truncated - whether `files` are not all; nothing can then be said about what is missing
 *
 * @public
 */
export function describeRepository(options: {
  files: readonly RepositoryFile[];
  commit: string | null;
  now: Date;
  truncated?: boolean;
}): RepositoryData {
  const { commit, now, truncated = false } = options;
  const repository = openRepository(options.files);
  const facts: Part = {};

  const collect = (what: string, describe: () => Part) => {
    try {
      Object.assign(facts, capped(describe()));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const message = `The ${what} could not be described: ${reason}`;
      repository.report({ file: '.', line: 1, message });
    }
  };

  if (!truncated) {
    collect('pipelines', () => describePipelines(repository));
    const { secrets } = facts;
    if (secrets) {
      collect('releases and deployments', () =>
        describeDelivery({
          repository,
          graph: readWorkflowGraph(repository),
          secrets,
          others: describeOtherPipelines(repository),
        }),
      );
    }
    collect('packages', () => describePackages(repository, now));
    collect('golden path files', () =>
      describeGoldenPathFiles(repository, now),
    );
    const managed = (facts.lock?.managed ?? []).flatMap(f => f.path ?? []);
    collect('owners', () => describeCodeowners(repository, managed));
    collect('documentation', () => describeDocumentation(repository));
    collect('agent instructions', () => describeAgents(repository));
    collect('settings of agents', () => ({
      agentConfigs: describeAgentConfigs(repository),
      requestTemplates: describeRequestTemplates(repository),
    }));
    collect('entities', () => ({ entities: describeEntities(repository) }));
    collect('Kubernetes objects', () => ({
      kubernetes: describeKubernetes(repository),
    }));
    collect('workloads', () => describeWorkloads(repository));
    collect('running service', () => describeRunning(repository, facts));
    collect('tests', () => {
      const sources = findTests(repository);
      const { dependencies, scripts, runs } = facts;
      return {
        tests: sources.map(({ text: _, ...test }) => test),
        apis: describeApis(repository, sources),
        ...(scripts && runs
          ? { coverage: findCoverageFloors({ repository, scripts, runs }) }
          : {}),
        ...(dependencies
          ? joinFlagUse(
              repository,
              describeFlags({
                repository,
                flagFile: facts.serviceFile?.values?.flags?.file,
                dependencies,
                tests: sources,
                now,
              }),
            )
          : {}),
        ...(facts.ruleTests
          ? describeReleases({
              repository,
              tests: sources,
              ruleTests: facts.ruleTests,
            })
          : {}),
      };
    });
  }
  const data: RepositoryData = {
    commit,
    truncated,
    files: [...repository.paths],
    ...facts,
    problems: [...repository.problems],
  };
  // A fact is plain JSON, in which a field is absent and never undefined.
  return JSON.parse(JSON.stringify(data));
}
