import { HumanDuration } from '@backstage/types';
import {
  FactCollector,
  FactCollectorRequest,
  FactCollectorResult,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { forgeDataSchema } from '@goldenpath/engine';
import { ForgeRegistry } from './ForgeRegistry';
import { sourceLocationOf } from './sourceLocation';

const MODULE_PREFIX =
  '@goldenpath/backstage-plugin-golden-path-backend-module-';
/** The forges that a module of the suite reads, and how their hosts are commonly called. */
const MODULES: Record<string, RegExp> = {
  github: /github/i,
  gitlab: /gitlab/i,
};

/** Collects `forge`: what the system that hosts the entity's repository knows of it beyond its files. @internal */
export class ForgeCollector implements FactCollector {
  readonly id = 'forge';
  readonly ttl: HumanDuration;
  readonly #forges: ForgeRegistry;

  constructor(options: { ttl: HumanDuration; forges: ForgeRegistry }) {
    this.ttl = options.ttl;
    this.#forges = options.forges;
  }

  async collect(request: FactCollectorRequest): Promise<FactCollectorResult> {
    const location = sourceLocationOf(request.entity);
    if (location.type === 'none') {
      return { status: 'absent', reason: location.reason };
    }
    if (location.type === 'file') {
      return {
        status: 'absent',
        reason:
          "The entity's files are a folder of the backend's machine, which no forge hosts",
      };
    }
    const forge = this.#forges.find(location.url);
    if (!forge) {
      return { status: 'absent', reason: this.#whyNone(location.url) };
    }
    const result = await forge.collect({ ...request, url: location.url });
    return result.status === 'collected' ? checked(forge.id, result) : result;
  }

  #whyNone(url: string): string {
    const { host } = new URL(url);
    const present = this.#forges.ids();
    const likely = Object.keys(MODULES).find(id => MODULES[id].test(host));
    if (likely && !present.includes(likely)) {
      return `${host} is read by ${MODULE_PREFIX}${likely}, which this backend does not have`;
    }
    if (likely) {
      return `${host} is not among the hosts under integrations.${likely} in the configuration`;
    }
    const missing = Object.keys(MODULES).filter(id => !present.includes(id));
    const advice = [
      ...present.map(id => `list it under integrations.${id}`),
      ...missing.map(id => `install ${MODULE_PREFIX}${id} and list it there`),
    ];
    return `No forge of this backend knows ${host}. If it is a GitHub or GitLab of your own, ${advice.join(
      ', or ',
    )}; other forges need a module that adds them at the extension point golden-path.forge`;
  }
}

/** What a forge says, when it holds to the contract; fields the contract does not have are left out. */
function checked(
  id: string,
  result: Extract<FactCollectorResult, { status: 'collected' }>,
): FactCollectorResult {
  const parsed = forgeDataSchema.safeParse(result.data);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw new Error(
      `The forge '${id}' answered with a fact that does not hold to its contract: ${path.join(
        '.',
      )}: ${message}`,
    );
  }
  return { ...result, data: parsed.data as typeof result.data };
}
