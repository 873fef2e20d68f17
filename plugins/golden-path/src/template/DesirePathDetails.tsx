import type { DesirePath } from '@goldenpath/backstage-plugin-golden-path-common';
import { countText } from '../format/count';
import { entityName } from '../format/entityName';
import {
  Code,
  DiffView,
  DiffViewSwitch,
  Disclosure,
  Heading,
  List,
  SafeLink,
  Stack,
  Text,
  useDiffViewType,
} from '../ui';
import { ProposeDesirePath } from './ProposeDesirePath';
import { useDriftHref } from './useDriftHref';

function Services(props: { services: string[] }) {
  const driftHref = useDriftHref();
  return (
    <Disclosure
      summary={`${countText(props.services.length, 'service')} made it`}
    >
      <List label="Services that made this edit">
        {props.services.map(ref => (
          <SafeLink key={ref} to={driftHref(ref)}>
            {entityName(ref)}
          </SafeLink>
        ))}
      </List>
    </Disclosure>
  );
}

/** An edit, who made it, what it would change in the template, and the button that proposes it. */
export function DesirePathDetails(props: {
  templateRef: string;
  desirePath: DesirePath;
  noun: string | undefined;
  refusal: string | undefined;
  mayManage: boolean | undefined;
  onProposed: () => Promise<void>;
}) {
  const { desirePath } = props;
  const { path, patch, services, source, proposal } = desirePath;
  const [view, setView] = useDiffViewType();
  return (
    <Stack gap={2}>
      <Stack>
        <Heading level={3} small>
          The edit in services
        </Heading>
        <DiffViewSwitch view={view} onChange={setView} />
        <DiffView patch={patch} path={path} view={view} />
      </Stack>
      <Services services={services} />
      {source ? (
        <Stack>
          <Heading level={3} small>
            The change of the template, in <Code>{source.path}</Code>
          </Heading>
          {source.patch === patch ? (
            <Text>The same lines change there in the same way.</Text>
          ) : (
            <DiffView patch={source.patch} path={source.path} view={view} />
          )}
        </Stack>
      ) : null}
      {proposal ? (
        <Text>
          <SafeLink to={proposal.url}>
            Proposed to the template as a {props.noun ?? 'change request'}
          </SafeLink>
          , {proposal.state}.
        </Text>
      ) : null}
      <ProposeDesirePath {...props} />
    </Stack>
  );
}
