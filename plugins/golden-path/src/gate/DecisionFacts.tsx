import type { GateDecision } from '@goldenpath/engine';
import { shortenDigests } from '../format/digest';
import { gateWording } from '../format/gate';
import { kindText } from '../format/gateDecision';
import { fullTime } from '../format/time';
import { useOptionalRoute } from '../hooks/useOptionalRoute';
import { decisionRouteRef, pathRouteRef } from '../routes';
import { EntityName } from '../template/EntityName';
import { Code, FactList, SafeLink, Text } from '../ui';

type Policy = GateDecision['policy'];

/** The policy of a path of the page, or the one that holds where no path has any. */
function PolicyName(props: { policy: Policy }) {
  const { path, version, digest } = props.policy;
  const pathHref = useOptionalRoute(pathRouteRef);
  const title = version ? `${path} ${version}` : path;
  return (
    <>
      {path === 'default' ? (
        'the default policy'
      ) : (
        <SafeLink to={pathHref?.({ name: path })}>{title}</SafeLink>
      )}{' '}
      <Text inline subtle variant="small">
        {shortenDigests(digest)}
      </Text>
    </>
  );
}

function words(ids: string[]) {
  return ids.map((id, index) => (
    <span key={id}>
      {index > 0 ? ', ' : null}
      <Code>{id}</Code>
    </span>
  ));
}

function yesNo(answer: boolean) {
  return answer ? 'yes' : 'no';
}

/** What the gate was asked, by whom, and by which policy it was answered. */
export function DecisionFacts(props: { decision: GateDecision }) {
  const { decision } = props;
  const { id, at, by, request, policy, policies = [] } = decision;
  const { sha, artifactId, deploymentId, fixes, progressive } = request;
  const decisionHref = useOptionalRoute(decisionRouteRef);
  const others = policies.filter(({ digest, path }) =>
    path === policy.path ? digest !== policy.digest : true,
  );
  const code = (text: string | undefined) =>
    text === undefined ? undefined : <Code>{text}</Code>;
  return (
    <FactList
      facts={[
        { name: 'Asked', value: fullTime(at) },
        { name: 'By', value: by ? <EntityName of={by} /> : 'nobody known' },
        { name: 'Environment', value: request.environment },
        { name: 'Kind', value: kindText(request.kind) },
        { name: 'Commit', value: code(sha) ?? 'not told' },
        {
          name: 'Artifact',
          value: code(artifactId && shortenDigests(artifactId)),
        },
        { name: 'Deployment', value: code(deploymentId) },
        { name: 'Fixes', value: fixes.length > 0 ? words(fixes) : undefined },
        {
          name: 'Step by step',
          value: progressive === undefined ? undefined : yesNo(progressive),
        },
        { name: 'Policy', value: <PolicyName policy={policy} /> },
        ...others.map((other, index) => ({
          name: index === 0 ? 'Also asked' : `Also asked (${index + 1})`,
          value: (
            <>
              <PolicyName policy={other} />:{' '}
              {gateWording(other.verdict).label.toLocaleLowerCase('en-GB')}
            </>
          ),
        })),
        {
          name: 'Decision',
          value: (
            <SafeLink to={decisionHref?.({ id })}>
              <Code>{id}</Code>
            </SafeLink>
          ),
        },
      ]}
    />
  );
}
