import { Entity } from '@backstage/catalog-model';
import {
  combineJudgements,
  decideGate,
  DEFAULT_GATE_POLICY,
  GateDecision,
  GateFacts,
  GateJudgement,
  GatePolicy,
  gatePolicyDigest,
  GateRequest,
} from '@goldenpath/engine';
import { PathRegistry } from '../paths/PathRegistry';

interface AskedPolicy {
  /** The golden path it is of; none for the policy that holds without one. */
  path?: { name: string; version: string };
  policy: GatePolicy;
}

/** The policies of the paths that cover an entity, or the one that holds where none has any. @internal */
export function policiesFor(
  entity: Entity,
  paths: Pick<PathRegistry, 'covering'>,
): AskedPolicy[] {
  const own = paths.covering(entity).flatMap(({ path }): AskedPolicy[] => {
    const { name } = path.metadata;
    const { gate, version } = path.spec;
    return gate ? [{ path: { name, version }, policy: gate }] : [];
  });
  return own.length > 0 ? own : [{ policy: DEFAULT_GATE_POLICY }];
}

type Judged = GateJudgement &
  Pick<GateDecision, 'policy' | 'policies' | 'overrideMaxHours'>;

/** What the policies together say: the strictest of them, with every rule that any of them asked. @internal */
export function askPolicies(options: {
  policies: AskedPolicy[];
  request: GateRequest;
  facts: GateFacts;
  now: Date;
}): Judged {
  const { request, facts, now } = options;
  const judged = options.policies.map(({ path, policy }) => ({
    judgement: decideGate({ policy, request, facts, now, path: path?.name }),
    policy: {
      path: path?.name ?? 'default',
      ...(path && { version: path.version }),
      digest: gatePolicyDigest(policy),
    },
  }));
  const together = combineJudgements(
    request,
    judged.map(({ judgement }) => judgement),
  );
  const strictest =
    judged.find(
      ({ judgement }) =>
        judgement.verdict === together.verdict &&
        judgement.proceed === together.proceed,
    ) ?? judged[0];
  return {
    ...together,
    policy: strictest.policy,
    ...(judged.length > 1 && {
      policies: judged.map(({ policy, judgement }) => ({
        ...policy,
        verdict: judgement.verdict,
      })),
    }),
    overrideMaxHours: Math.min(
      ...options.policies.map(({ policy }) => policy.override.maxHours),
    ),
  };
}
