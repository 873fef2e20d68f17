import { gateOf, type HarnessGate } from './harnessFailures';
import { harnessAction, harnessStepKind } from './harnessSteps';
import { childOf, itemsOf, type Located, textOf } from './locatedTree';
import type { Step } from './workflow';
import type { PlannedStep } from './workflowGraph';

/** Steps that run anything, by an image or a file from elsewhere. */
const OPAQUE_STEPS = /^(Plugin|Bitrise|JenkinsBuild|Container)$/;
const MAX_DEPTH = 10;

interface Above {
  file: string;
  gate: HarnessGate;
  depth: number;
}

function scriptOf(step: Located): Located | undefined {
  const spec = childOf(step, 'spec');
  return childOf(spec, 'command') ?? childOf(spec, 'source', 'spec', 'script');
}

function stepOf(step: Located, file: string): Step {
  const type = textOf(childOf(step, 'type')) ?? '';
  const spec = childOf(step, 'spec');
  const script = scriptOf(step);
  const text = textOf(script);
  const shared = {
    line: step.line,
    name: textOf(childOf(step, 'name')) ?? '',
    continueOnError: false,
  };
  if (/^(Run|RunTests|Test|ShellScript)$/.test(type)) {
    return {
      ...shared,
      with: undefined,
      ...(script?.kind === 'scalar' && text !== undefined
        ? {
            run: {
              file,
              line: script.textLine,
              text,
              shell: textOf(childOf(spec, 'shell'))?.toLowerCase(),
              workingDirectory: '',
            },
          }
        : {}),
    };
  }
  const used = type === 'Action' ? textOf(childOf(spec, 'uses')) : undefined;
  return {
    ...shared,
    uses: { file, line: step.line, text: used ?? harnessAction(type) },
    with: used === undefined ? spec : childOf(spec, 'with'),
  };
}

/** The steps under `steps`, those of groups and of parallel ones too. */
export function stepsOf(
  list: Located | undefined,
  above: Above,
): { steps: PlannedStep[]; isOpen: boolean } {
  const found = { steps: [] as PlannedStep[], isOpen: false };
  for (const item of itemsOf(list)) {
    const step = childOf(item, 'step');
    const group = childOf(item, 'stepGroup');
    const parallel = childOf(item, 'parallel');
    const node = step ?? group ?? item;
    const gate = gateOf(node, above.gate);
    const isElsewhere = childOf(node, 'template') !== undefined;
    if (isElsewhere || above.depth > MAX_DEPTH) {
      found.isOpen = true;
    } else if (step) {
      const type = textOf(childOf(step, 'type')) ?? '';
      found.isOpen ||= OPAQUE_STEPS.test(type);
      found.steps.push({
        step: stepOf(step, above.file),
        triggers: {},
        continueOnError: continues(step, gate),
      });
    } else {
      const inner = stepsOf(childOf(group, 'steps') ?? parallel, {
        ...above,
        gate,
        depth: above.depth + 1,
      });
      found.steps.push(...inner.steps);
      found.isOpen ||= inner.isOpen;
    }
  }
  return found;
}

/** Whether a failure, or what a scan finds, is let pass; a step that a condition can leave out holds nothing up for sure. */
function continues(step: Located, gate: HarnessGate): boolean | undefined {
  if (gate.swallows) {
    return true;
  }
  const type = textOf(childOf(step, 'type')) ?? '';
  const { scan } = harnessStepKind(harnessAction(type));
  const spec = childOf(step, 'spec');
  const isScan = scan === 'sca' || scan === 'sast' || scan === 'secrets';
  if (isScan) {
    const limit = textOf(childOf(spec, 'advanced', 'fail_on_severity'));
    const isHeld = limit !== undefined && !/^none$/i.test(limit);
    const hasPolicy = childOf(step, 'enforce') !== undefined;
    if (!isHeld) {
      return hasPolicy ? undefined : true;
    }
  }
  // Without an assertion any answer will do.
  if (type === 'Http' && !textOf(childOf(spec, 'assertion'))) {
    return true;
  }
  return gate.swallows === undefined || gate.isConditional ? undefined : false;
}
