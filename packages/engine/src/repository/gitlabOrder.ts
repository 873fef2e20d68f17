import type { GitlabJob } from './gitlabJobs';
import { rulesOf, runsWherever, whensOf } from './gitlabRules';
import { type JobOrder, orderBy } from './jobOrder';
import {
  childOf,
  entriesOf,
  itemsOf,
  type Located,
  textOf,
  textsOf,
} from './locatedTree';
import type { PlannedJob } from './workflowGraph';

const DEFAULT_STAGES = ['build', 'test', 'deploy'];

interface Need {
  name: string;
  optional: boolean;
}

/** Jobs of the same pipeline that a job waits for; `undefined` when its stage decides. */
export function needsOf(node: Located): Need[] | undefined {
  const needs = childOf(node, 'needs');
  return needs?.kind === 'list'
    ? needs.items.flatMap(item => {
        const name = textOf(item) ?? textOf(childOf(item, 'job'));
        const isElsewhere =
          childOf(item, 'pipeline') ?? childOf(item, 'project');
        const optional = textOf(childOf(item, 'optional')) === 'true';
        return name === undefined || isElsewhere ? [] : [{ name, optional }];
      })
    : undefined;
}

function stageOrder(root: Located | undefined): (node: Located) => number {
  const written = textsOf(root);
  const stages = ['.pre', ...(root ? written : DEFAULT_STAGES), '.post'];
  return node => stages.indexOf(textOf(childOf(node, 'stage')) ?? 'test');
}

/**
 * The order of jobs: by `needs`, or by their stages where a job has none.
 *
 * @returns the order, and whether a job comes after another one wherever both run
 */
export function gitlabOrder(
  jobs: readonly GitlabJob[],
  byName: ReadonlyMap<string, Located>,
): {
  order: JobOrder;
  waits(later: PlannedJob, earlier: PlannedJob): boolean;
} {
  const stageOf = stageOrder(byName.get('stages'));
  const facts = new Map(
    jobs.map(({ planned, node, runs }) => {
      const rules = rulesOf(node, byName);
      const whens = whensOf(node, rules);
      return [
        planned,
        {
          runs,
          needs: needsOf(node),
          stage: stageOf(node),
          rules: JSON.stringify(rules?.map(plain)),
          isManual: whens.has('manual'),
          isHeedless: whens.has('always') || whens.has('on_failure'),
        },
      ] as const;
    }),
  );
  /** `needed` when the job cannot run without the other one, `staged` when it comes later where both run. */
  const link = (later: PlannedJob, earlier: PlannedJob) => {
    const [after, before] = [facts.get(later)!, facts.get(earlier)!];
    if (after.needs) {
      const need = after.needs.find(({ name }) => name === earlier.job.id);
      return need && (need.optional ? 'staged' : 'needed');
    }
    const isLater = before.stage >= 0 && before.stage < after.stage;
    return isLater ? 'staged' : undefined;
  };
  const covers = (one: PlannedJob, other: PlannedJob) => {
    const [a, b] = [facts.get(one)!, facts.get(other)!];
    const isSame = a.rules !== undefined && a.rules === b.rules;
    const isThere = isSame ? true : runsWherever(a.runs, b.runs);
    return a.isManual && isThere ? undefined : isThere;
  };
  const relation = {
    waits(later: PlannedJob, earlier: PlannedJob) {
      const how = link(later, earlier);
      if (how === undefined) {
        return false;
      }
      if (facts.get(later)!.isHeedless) {
        return undefined;
      }
      return how === 'needed' ? true : covers(earlier, later);
    },
    follows(later: PlannedJob, earlier: PlannedJob) {
      return link(later, earlier) ? covers(later, earlier) : false;
    },
  };
  return {
    order: orderBy(
      jobs.map(({ planned }) => planned),
      relation,
    ),
    waits: (later, earlier) => link(later, earlier) !== undefined,
  };
}

/** A node without its lines. */
function plain(node: Located): unknown {
  switch (node.kind) {
    case 'map':
      return entriesOf(node).map(([name, entry]) => [name, plain(entry.node)]);
    case 'list':
      return itemsOf(node).map(plain);
    default:
      return node.value;
  }
}
