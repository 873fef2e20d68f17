import { GitTreeMerger } from '@goldenpath/git';
import path from 'node:path';
import { median, quantile, timed } from '../measure';
import type { Finding } from '../report';
import {
  applied,
  ourVersion,
  planOurs,
  sourceFiles,
  stampedLayer,
  targetFor,
} from './ours';
import { installPeers, measurePeer } from './peers';
import { edited, edits, judgeEdits } from './serviceEdits';
import { rendered, templateFiles } from './templateVersions';

const FILES = 300;
const FLEET = 1000;
const AT_ONCE = 2;
const KIND = 'git' as const;

const versions = [templateFiles(FILES, 1), templateFiles(FILES, 2)] as const;

function service(name: string) {
  const written = edits(FILES);
  const ours = edited(rendered(versions[0], name), written);
  return { written, ours };
}

async function measurePlan(repeat: number): Promise<Finding> {
  const merger = await GitTreeMerger.create();
  try {
    const [one, two] = [
      ourVersion('1.0.0', versions[0]),
      ourVersion('2.0.0', versions[1]),
    ];
    const { written, ours } = service('pay');
    const { layer, base } = stampedLayer(one, 'pay');
    const plan = () =>
      planOurs({
        layer,
        base,
        ours: sourceFiles(ours),
        target: targetFor(two, 'pay'),
        merger,
      });
    const after = applied(ours, await plan());
    const all: number[] = [];
    for (let round = 0; round < 10 * repeat; round++) {
      all.push(await timed(plan));
    }
    return {
      what: `Update of a service of ${FILES} files, ours (planned, warm)`,
      kind: KIND,
      values: {
        'median ms': median(all),
        'p95 ms': quantile(all, 0.95),
        edits: written.length,
        ...judgeEdits(written, file => after.get(file)),
      },
    };
  } finally {
    await merger.close();
  }
}

/** Every service has a name, so a rendering, of its own; a tenth have no edits. */
async function measureFleet(): Promise<Finding> {
  const merger = await GitTreeMerger.create();
  const second = await GitTreeMerger.create();
  try {
    const [one, two] = [
      ourVersion('1.0.0', versions[0]),
      ourVersion('2.0.0', versions[1]),
    ];
    const memory: number[] = [];
    let next = 0;
    const work = async (own: GitTreeMerger) => {
      for (let index = next++; index < FLEET; index = next++) {
        const name = `service-${index}`;
        const { layer, base } = stampedLayer(one, name);
        await planOurs({
          layer,
          base,
          ours: sourceFiles(service(name).ours),
          target: targetFor(two, name),
          merger: own,
        });
        if (index % 50 === 0) {
          memory.push(process.memoryUsage().rss / 1e6);
        }
      }
    };
    const ms = await timed(() =>
      Promise.all([merger, second].slice(0, AT_ONCE).map(work)),
    );
    return {
      what: `Forecast of a fleet of ${FLEET} services of ${FILES} files`,
      kind: KIND,
      values: {
        'plans/s': (FLEET / ms) * 1000,
        'MB after a tenth': memory[Math.floor(memory.length / 10)],
        'MB at the end': memory[memory.length - 1],
      },
    };
  } finally {
    await merger.close();
    await second.close();
  }
}

/** Plans and updates, with copier and cruft on the same template and the same edits. */
export async function measureDrift(options: {
  folder: string;
  repeat: number;
  say: (text: string) => void;
}): Promise<Finding[]> {
  const { folder, repeat, say } = options;
  say('drift: one service');
  const findings = [await measurePlan(repeat)];
  say('drift: fleet');
  findings.push(await measureFleet());
  const bin = await installPeers(path.join(folder, 'python'));
  for (const name of ['copier', 'cruft'] as const) {
    say(`drift: ${name}`);
    const results = [];
    for (let round = 0; round < repeat; round++) {
      results.push(
        await measurePeer({
          name,
          bin,
          folder: path.join(folder, name),
          versions: [versions[0], versions[1]],
          edits: edits(FILES),
        }),
      );
    }
    const [{ lost, misplaced }] = results;
    findings.push({
      what: `Update of the same service, ${name} (its command)`,
      kind: KIND,
      values: {
        'median ms': median(results.map(({ ms }) => ms)),
        edits: edits(FILES).length,
        lost,
        misplaced,
      },
    });
  }
  return findings;
}
