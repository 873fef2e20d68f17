import { childOf, itemsOf, type Located, textOf, textsOf } from './locatedTree';

/** Whether a failure of a stage or step of Harness holds up what follows. */
export interface HarnessGate {
  /** A failure is ignored; `undefined` when that depends on its kind, or somebody decides. */
  swallows: boolean | undefined;
  /** A condition can leave it out, or lets it run after a failure. */
  isConditional: boolean;
}

interface Strategy {
  errors: string[];
  actions: string[];
}

/** The actions of a strategy, with what follows when retries or people do not help. */
function actionsOf(action: Located | undefined, depth = 0): string[] {
  const type = textOf(childOf(action, 'type'));
  const spec = childOf(action, 'spec');
  const next = ['onRetryFailure', 'onTimeout'].map(key =>
    childOf(spec, key, 'action'),
  );
  return type === undefined || depth > 5
    ? []
    : [type, ...next.flatMap(one => actionsOf(one, depth + 1))];
}

function strategiesOf(node: Located): Strategy[] {
  return itemsOf(childOf(node, 'failureStrategies')).map(item => {
    const onFailure = childOf(item, 'onFailure');
    return {
      errors: textsOf(childOf(onFailure, 'errors')),
      actions: actionsOf(childOf(onFailure, 'action')),
    };
  });
}

function swallows(strategies: readonly Strategy[]): boolean | undefined {
  const passes = (action: string) =>
    /^(Ignore|MarkAsSuccess|ProceedWithDefaultValues)$/.test(action);
  const passing = strategies.filter(({ actions }) => actions.some(passes));
  if (passing.some(({ errors }) => errors.includes('AllErrors'))) {
    return true;
  }
  const isDecided = strategies.some(({ actions }) =>
    actions.includes('ManualIntervention'),
  );
  return passing.length > 0 || isDecided ? undefined : false;
}

function isConditional(node: Located): boolean {
  const when = childOf(node, 'when');
  const status = textOf(
    childOf(when, 'stageStatus') ?? childOf(when, 'pipelineStatus'),
  );
  const condition = textOf(childOf(when, 'condition'))?.trim() ?? '';
  return (
    (status !== undefined && status !== 'Success') ||
    !/^(|true|<\+input>)$/.test(condition)
  );
}

/** The gate of a stage, group or step: strategies of its own replace those above it. */
export function gateOf(node: Located, above: HarnessGate): HarnessGate {
  const strategies = strategiesOf(node);
  return {
    swallows: strategies.length > 0 ? swallows(strategies) : above.swallows,
    isConditional: above.isConditional || isConditional(node),
  };
}

/** Whether a stage goes back by itself to what ran before, whatever fails in it. */
export function takesBack(stage: Located): boolean {
  return strategiesOf(stage).some(
    ({ errors, actions }) =>
      errors.includes('AllErrors') &&
      actions.some(action => /^(Stage|Pipeline)Rollback$/.test(action)),
  );
}
