import { useLocation, useSearchParams } from 'react-router-dom';
import { gateWording } from '../format/gate';
import { GATE_VERDICTS } from '../format/gateDecision';
import { useHash } from '../hooks/useHash';
import {
  FilterSelect,
  Heading,
  Notice,
  PageNav,
  Row,
  SafeLink,
  SearchInput,
  Section,
  Stack,
  Text,
} from '../ui';
import { AccuracySection } from './AccuracySection';
import { DecisionPages } from './DecisionPages';
import {
  entityRefOf,
  GATE_DAYS,
  type GateFilter,
  readGateFilter,
  writeGateFilter,
} from './gateFilter';
import { ReplaySection } from './ReplaySection';
import { useAllDecisions } from './useDecisions';

const PARTS = [
  { id: 'decisions', title: 'Decisions' },
  { id: 'accuracy', title: 'Was it right?' },
  { id: 'replay', title: 'Another policy' },
];

/** What the gate decided over the fleet, how right it was, and what another policy would have said. */
export function GateView() {
  const [search, setSearch] = useSearchParams();
  const filter = readGateFilter(search);
  const { verdict, entity, days } = filter;
  const entityRef = entity ? entityRefOf(entity) : undefined;
  const mistyped = entity !== '' && entityRef === undefined;
  const { search: query } = useLocation();
  const target = useHash(true);

  const change = (part: Partial<GateFilter>, replace = false) =>
    setSearch(
      before => writeGateFilter({ ...readGateFilter(before), ...part }),
      { replace },
    );

  return (
    <Stack gap={3}>
      <Stack>
        <Heading level={2}>Release gate</Heading>
        <Text subtle>
          Before a deployment a pipeline asks the gate whether it may go ahead.
          Here stands what it answered, and whether it was right.
        </Text>
      </Stack>
      <PageNav
        label="Parts of the release gate"
        items={PARTS.map(({ id, title }) => ({
          title,
          to: `${query}#${id}`,
          current: id === target,
        }))}
      />
      <Row gap={2}>
        <SearchInput
          label="Entity"
          value={entity}
          onChange={text => change({ entity: text }, true)}
        />
        <FilterSelect
          label="Verdict"
          value={verdict ?? ''}
          options={GATE_VERDICTS.map(value => ({
            value,
            label: gateWording(value).label,
          }))}
          onChange={value =>
            change({
              verdict: GATE_VERDICTS.find(known => known === value),
            })
          }
        />
        <FilterSelect
          label="Judged over"
          all={false}
          value={String(days)}
          options={GATE_DAYS.map(count => ({
            value: String(count),
            label: `${count} days`,
          }))}
          onChange={value => change({ days: Number(value) })}
        />
        {entity || verdict ? (
          <SafeLink to={`?${writeGateFilter({ entity: '', days })}`}>
            Clear the filters
          </SafeLink>
        ) : null}
      </Row>
      {mistyped ? (
        <Notice tone="warn" title={`“${entity}” is not the name of an entity.`}>
          <Text>
            Write a name such as orders, or all of it, such as
            api:default/orders.
          </Text>
        </Notice>
      ) : (
        <>
          <Section id="decisions" title="Decisions" level={3}>
            <AllDecisions entityRef={entityRef} verdict={verdict} />
          </Section>
          <AccuracySection entityRef={entityRef} days={days} />
        </>
      )}
      <ReplaySection />
    </Stack>
  );
}

function AllDecisions(props: {
  entityRef: string | undefined;
  verdict: GateFilter['verdict'];
}) {
  const { entityRef, verdict } = props;
  const decisions = useAllDecisions({ entityRef, verdict });
  return (
    <DecisionPages
      caption="Decisions"
      decisions={decisions}
      withEntity
      empty={
        entityRef || verdict ? (
          <Notice tone="neutral" title="No decision matches these filters.">
            <Text>Change one of them, or clear the filters.</Text>
          </Notice>
        ) : (
          <Notice tone="neutral" title="The gate was not asked yet.">
            <Text>
              The command to ask it with stands on the Golden path tab of each
              entity, under Release gate.
            </Text>
          </Notice>
        )
      }
    />
  );
}
