import { entriesOf, childOf, type Located, textOf } from './locatedTree';
import { expressionsIn, isUntrusted } from './scriptExpressions';
import { localPath } from './workflowCalls';
import type { WorkflowGraph } from './workflowGraph';

const MAX_ROUNDS = 10;
const INPUT = /\binputs\.([\w-]+)/g;

/** Names of the inputs that an expression reads, in lower case. */
function inputsRead(expression: string): string[] {
  return [...expression.matchAll(INPUT)].map(([, name]) => name.toLowerCase());
}

interface Call {
  from: string;
  to: string[];
  inputs: Located | undefined;
}

function callsOf(graph: WorkflowGraph): Call[] {
  return graph.jobs.flatMap(({ job, workflow, steps }) => {
    const called = job.uses && localPath(job.uses.text);
    const actions = steps.flatMap(({ step }): Call[] => {
      const folder = step.uses && localPath(step.uses.text);
      return step.uses && folder !== undefined
        ? [
            {
              from: step.uses.file,
              to: ['action.yml', 'action.yaml'].map(name =>
                folder === '' ? name : `${folder}/${name}`,
              ),
              inputs: step.with,
            },
          ]
        : [];
    });
    const inputs = childOf(job.node, 'with');
    return called === undefined
      ? actions
      : [{ from: workflow.file, to: [called], inputs }, ...actions];
  });
}

/**
 * Finds the inputs through which workflows and actions of the repository are handed what strangers write, over as many
 * calls as it takes.
 *
 * @returns whether an expression in a file reads such an input
 */
export function readsUntrustedInput(
  graph: WorkflowGraph,
): (file: string, expression: string) => boolean {
  const tainted = new Map<string, Set<string>>();
  const reads = (file: string, expression: string) =>
    inputsRead(expression).some(name => tainted.get(file)?.has(name) ?? false);
  const calls = callsOf(graph);
  let isNew = true;
  for (let round = 0; isNew && round < MAX_ROUNDS; round += 1) {
    isNew = false;
    for (const { from, to, inputs } of calls) {
      for (const [name, { node }] of entriesOf(inputs)) {
        const isTainted = expressionsIn(textOf(node) ?? '').some(
          ({ expression }) =>
            isUntrusted(expression) || reads(from, expression),
        );
        for (const file of isTainted ? to : []) {
          const names = tainted.get(file) ?? new Set();
          isNew ||= !names.has(name.toLowerCase());
          tainted.set(file, names.add(name.toLowerCase()));
        }
      }
    }
  }
  return reads;
}
