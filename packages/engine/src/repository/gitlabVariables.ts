import type { Activity } from './jobActivities';
import {
  childOf,
  entriesOf,
  itemsOf,
  type Located,
  textOf,
  textsOf,
} from './locatedTree';

/** Names of the variables that commands mention. */
export function mentioned(activities: readonly Activity[]): Set<string> {
  return new Set(
    activities.flatMap(({ text }) =>
      [...text.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map(match => match[1]),
    ),
  );
}

/** What a job writes into the files it hands on as variables, such as `echo "IMAGE=$NAME@$digest" > image.env`. */
function dotenvOf(giver: Located): [string, Located][] {
  const files = textsOf(childOf(giver, 'artifacts', 'reports', 'dotenv'));
  const scripts = itemsOf(childOf(giver, 'script')).flatMap(item =>
    item.kind === 'list' ? itemsOf(item) : [item],
  );
  return scripts.flatMap(script =>
    (textOf(script) ?? '').split('\n').flatMap((line): [string, Located][] => {
      const written =
        /(?:^|[\s"'])([A-Za-z_]\w*)=([^"'\s]*)["']?\s*>>?\s*["']?([^\s"']+)/.exec(
          line,
        );
      const isHanded =
        written && files.includes(written[3].replace(/^\.\//, ''));
      return isHanded
        ? [
            [
              written[1],
              {
                kind: 'scalar',
                line: script.line,
                value: written[2],
                textLine: script.line,
              },
            ],
          ]
        : [];
    }),
  );
}

/**
 * Variables a job has besides its own: those of the whole pipeline, and over them those that jobs before it hand on.
 *
 * @param options.givers - jobs it takes artifacts from
 */
export function handedVariables(options: {
  givers: readonly Located[];
  node: Located;
  globals: Located | undefined;
}): [string, Located][] {
  const { givers, node, globals } = options;
  const refused = itemsOf(childOf(node, 'needs')).some(
    need => textOf(childOf(need, 'artifacts')) === 'false',
  );
  const shared = entriesOf(globals).map(([name, entry]): [string, Located] => [
    name,
    childOf(entry.node, 'value') ?? entry.node,
  ]);
  return [...shared, ...(refused ? [] : givers.flatMap(dotenvOf))];
}
