import {
  countOpenAlerts,
  ForgeGapError,
  ForgePart,
  ForgePartResult,
  OpenAlert,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { ForgeData } from '@goldenpath/engine';
import { z } from 'zod';
import { GitlabContext } from './project';

/** @internal */
export const vulnerabilitySchema = z.object({
  state: z.string(),
  severity: z.string(),
  report_type: z.string(),
  created_at: z.string(),
});

type Vulnerability = z.infer<typeof vulnerabilitySchema>;
type Kind = keyof NonNullable<ForgeData['alerts']>;

/** Which reports are of which kind, and how the jobs that make them are called. */
const KINDS: Record<Kind, { reports: string[]; jobs: RegExp }> = {
  dependencies: {
    reports: ['dependency_scanning', 'container_scanning'],
    jobs: /dependency[-_]scanning|gemnasium|container[-_]scanning/i,
  },
  codeScanning: {
    reports: [
      'sast',
      'dast',
      'api_fuzzing',
      'coverage_fuzzing',
      'cluster_image_scanning',
    ],
    jobs: /sast|semgrep|\bdast\b|fuzz/i,
  },
  secretScanning: {
    reports: ['secret_detection'],
    jobs: /secret[-_]detection/i,
  },
};

const OPEN = ['detected', 'confirmed'];
const MOST_PAGES = 5;

/** Open vulnerabilities by the scanner that found them, which GitLab keeps from Ultimate on. @internal */
export function alertsPart(context: GitlabContext): ForgePart {
  const { api, project, now } = context;
  return {
    paths: Object.keys(KINDS).map(kind => `alerts.${kind}`),
    needs:
      "the scope 'read_api' and the role Developer, and GitLab Ultimate for vulnerability management",
    async read(known: Partial<ForgeData>) {
      const { items, complete } = await api.list(
        vulnerabilitySchema,
        (client, paging) =>
          client.ProjectVulnerabilities.all(project.id, paging),
        MOST_PAGES,
      );
      if (!complete) {
        throw new ForgeGapError(
          `The project has more than ${
            MOST_PAGES * 100
          } vulnerabilities, and only so many are read`,
        );
      }
      return describeVulnerabilities(items, {
        jobs: (known.reportedChecks ?? []).map(({ name }) => name),
        now,
        url: `${project.web_url}/-/security/vulnerability_report`,
      });
    },
  };
}

/**
 * Counts per kind. A kind nobody scans for has no vulnerabilities either, so one is only counted when something of it
 * was ever found or a job on the default branch looks for it.
 * @internal
 */
export function describeVulnerabilities(
  vulnerabilities: Vulnerability[],
  options: { jobs: string[]; now: Date; url: string },
): ForgePartResult {
  const { jobs, now, url } = options;
  const alerts: NonNullable<ForgeData['alerts']> = {};
  const gaps: Record<string, string> = {};
  for (const kind of Object.keys(KINDS) as Kind[]) {
    const scanner = KINDS[kind];
    const found = vulnerabilities.filter(v =>
      scanner.reports.includes(v.report_type),
    );
    const open = found.filter(v => OPEN.includes(v.state)).map(toAlert);
    if (!found.length && !jobs.some(name => scanner.jobs.test(name))) {
      gaps[
        `alerts.${kind}`
      ] = `Nothing was ever found by ${scanner.reports.join(
        ' or ',
      )}, and no job on the default branch is called like it`;
    } else if (kind === 'secretScanning') {
      alerts.secretScanning = { open: open.length, url };
    } else {
      alerts[kind] = countOpenAlerts(open, { now, url });
    }
  }
  return { data: { alerts }, gaps };
}

/** A severity that GitLab does not know counts as medium; information as low. */
function toAlert({
  severity,
  created_at: createdAt,
}: Vulnerability): OpenAlert {
  const known = z
    .enum(['critical', 'high', 'medium', 'low'])
    .safeParse(severity);
  const other = severity === 'info' ? 'low' : 'medium';
  return { severity: known.success ? known.data : other, createdAt };
}
