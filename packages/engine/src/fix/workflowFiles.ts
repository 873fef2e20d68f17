import { isMap, type Node, type YAMLMap } from 'yaml';
import type { FileEdit } from './Fix';
import { mapsIn, nodeAt, pairOf, textAt, YamlText } from './YamlText';

/** A job or, with `steps` alone, a composite action. */
export interface EditableJob {
  id: string;
  node: YAMLMap;
  steps: YAMLMap[];
}

/** A workflow, or an action of the repository, that is being edited. */
export interface EditableWorkflow {
  file: string;
  yaml: YamlText;
  root: YAMLMap;
  jobs: EditableJob[];
}

const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/;
const ACTION = /(^|\/)action\.ya?ml$/;

function jobsOf(root: YAMLMap): EditableJob[] {
  const jobs = nodeAt(root, 'jobs');
  return (isMap(jobs) ? jobs.items : []).flatMap(({ key, value }) =>
    isMap(value)
      ? [
          {
            id: String(key),
            node: value,
            steps: mapsIn(nodeAt(value, 'steps')),
          },
        ]
      : [],
  );
}

function actionOf(root: YAMLMap): EditableJob[] {
  const runs = nodeAt(root, 'runs');
  return isMap(runs)
    ? [{ id: '', node: runs, steps: mapsIn(nodeAt(runs, 'steps')) }]
    : [];
}

/**
 * Edits each workflow of a repository, and with `actions` each local action too. A file that is not valid YAML is left
 * alone.
 */
export function editWorkflows(
  files: ReadonlyMap<string, string>,
  edit: (workflow: EditableWorkflow) => void,
  options: { actions?: boolean } = {},
): FileEdit[] {
  const edits: FileEdit[] = [];
  for (const [file, before] of files) {
    const isWorkflow = WORKFLOW.test(file);
    const yaml =
      isWorkflow || (options.actions && ACTION.test(file))
        ? YamlText.parse(before)
        : undefined;
    if (yaml && isMap(yaml.root)) {
      const { root } = yaml;
      edit({
        file,
        yaml,
        root,
        jobs: isWorkflow ? jobsOf(root) : actionOf(root),
      });
      const after = yaml.result();
      if (after !== before) {
        edits.push({ path: file, before, after });
      }
    }
  }
  return edits;
}

/** Event names under `on`. */
export function eventsOf(root: YAMLMap): string[] {
  const on = nodeAt(root, 'on');
  if (isMap(on)) {
    return on.items.map(({ key }) => String(key));
  }
  const value = on?.toJSON();
  return [value].flat().filter(event => typeof event === 'string');
}

/** What a step or job uses: the node, and its text. */
export function usesOf(
  node: YAMLMap,
): { node: Node; text: string } | undefined {
  const text = textAt(node, 'uses');
  return text === undefined ? undefined : { node: nodeAt(node, 'uses')!, text };
}

/** Sets an input of a step that uses an action. */
export function setInput(
  yaml: YamlText,
  step: YAMLMap,
  name: string,
  value: string,
): void {
  const inputs = nodeAt(step, 'with');
  const current = nodeAt(inputs, name);
  if (current) {
    yaml.replace(current, value);
  } else if (isMap(inputs)) {
    yaml.addTo(inputs, [`${name}: ${value}`]);
  } else if (!pairOf(step, 'with')) {
    const lines = step.flow
      ? [`with: { ${name}: ${value} }`]
      : ['with:', `  ${name}: ${value}`];
    yaml.addTo(step, lines, { after: 'uses' });
  }
}
