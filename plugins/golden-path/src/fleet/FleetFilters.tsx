import type {
  CheckSummary,
  PathSummary,
  SummaryItem,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { entityName } from '../format/entityName';
import { VERDICT_ORDER, verdictWording } from '../format/verdict';
import { FilterSelect, Row, SafeLink, SearchInput } from '../ui';
import { FleetState, isNarrowed, NONE } from './fleetState';
import type { FleetChange } from './useFleetState';

interface Option {
  value: string;
  label: string;
}

/** The options, with the chosen value among them even when nothing has it now. */
function withChosen(options: Option[], value: string | undefined): Option[] {
  return !value || options.some(option => option.value === value)
    ? options
    : [...options, { value, label: entityName(value) }];
}

function keyOptions(items: SummaryItem[], none: string): Option[] {
  return items
    .map(({ key }) => ({
      value: key ?? NONE,
      label: key === null ? none : entityName(key),
    }))
    .sort((a, b) => a.label.localeCompare(b.label));
}

/** What narrows the fleet. Every choice is written into the address. */
export function FleetFilters(props: {
  state: FleetState;
  change: FleetChange;
  paths: PathSummary[];
  levels: string[];
  owners: SummaryItem[];
  systems: SummaryItem[];
  checks: CheckSummary[];
  clearHref: string;
}) {
  const { state, change, paths, levels, owners, systems, checks } = props;
  const select = (
    label: string,
    name: 'path' | 'owner' | 'system' | 'level' | 'check',
    options: Option[],
  ) => (
    <FilterSelect
      label={label}
      value={state[name] ?? ''}
      options={withChosen(options, state[name])}
      onChange={value => change({ [name]: value || undefined })}
    />
  );
  return (
    <Row gap={2}>
      <SearchInput
        label="Name"
        value={state.search ?? ''}
        onChange={search =>
          change({ search: search || undefined }, { replace: true })
        }
      />
      <FilterSelect
        label="Path"
        value={state.path ?? ''}
        options={withChosen(
          paths.map(path => ({ value: path.name, label: path.title })),
          state.path,
        )}
        onChange={value =>
          change({
            path: value || undefined,
            level: undefined,
            check: undefined,
            verdict: undefined,
          })
        }
      />
      {select('Owner', 'owner', keyOptions(owners, 'nobody'))}
      {select('System', 'system', keyOptions(systems, 'no system'))}
      {select('Level', 'level', [
        { value: NONE, label: 'no level' },
        ...levels.map(level => ({ value: level, label: level })),
      ])}
      {state.path
        ? select(
            'Check',
            'check',
            checks.map(({ id, title }) => ({
              value: id,
              label: `${id}: ${title}`,
            })),
          )
        : null}
      {state.check ? (
        <FilterSelect
          label="Its verdict"
          value={state.verdict ?? 'fail'}
          all={false}
          options={VERDICT_ORDER.map(value => ({
            value,
            label: verdictWording(value).label,
          }))}
          onChange={value => {
            const verdict = VERDICT_ORDER.find(known => known === value);
            change({ verdict });
          }}
        />
      ) : null}
      <FilterSelect
        label="Knowledge"
        value={state.unknown ? 'unknown' : ''}
        options={[{ value: 'unknown', label: 'something not known' }]}
        onChange={value => change({ unknown: value !== '' || undefined })}
      />
      <FilterSelect
        label="Group by"
        value={state.groupBy ?? ''}
        allLabel="Nothing"
        options={[
          { value: 'owner', label: 'Owner' },
          { value: 'system', label: 'System' },
        ]}
        onChange={value =>
          change({
            groupBy:
              value === 'owner' || value === 'system' ? value : undefined,
            open: [],
          })
        }
      />
      {isNarrowed(state) ? (
        <SafeLink to={props.clearHref}>Clear the filters</SafeLink>
      ) : null}
    </Row>
  );
}
