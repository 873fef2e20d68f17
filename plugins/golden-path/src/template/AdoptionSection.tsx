import type { AdoptionResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import { LiveNotice } from '../components/LiveNotice';
import { countText } from '../format/count';
import type { Tone } from '../format/tone';
import type { LiveData } from '../hooks/useLiveData';
import {
  AdoptionVersions,
  Code,
  Notice,
  Row,
  Section,
  Stack,
  StatusChip,
  Text,
} from '../ui';
import { AdoptionServices } from './AdoptionServices';
import { compareVersions, Standing, STANDINGS, standsSo } from './adopters';
import { ADOPTERS_ANCHOR, ADOPTION_ANCHOR } from './templateAnchors';
import type { Address } from './useAddress';

const TONES: Record<Standing, Tone> = {
  current: 'good',
  behind: 'warn',
  conflicts: 'bad',
  drifted: 'warn',
  update: 'busy',
  unknown: 'unsure',
};

function Newest(props: { adoption: AdoptionResponse }) {
  const { newestVersion, reason } = props.adoption;
  return newestVersion === null ? (
    <Notice
      tone="unsure"
      title="The newest version is not known: the template cannot be read."
    >
      {reason ? <Text subtle>{reason}</Text> : null}
      <Text>
        Until it can be read, nobody can say which services are up to date.
      </Text>
    </Notice>
  ) : (
    <Text>
      The newest version is <Code>{newestVersion}</Code>.
      {reason ? ` ${reason}` : ''}
    </Text>
  );
}

function Republished(props: { versions: string[] }) {
  const versions = [...new Set(props.versions)];
  return versions.length === 0 ? null : (
    <Notice
      tone="warn"
      title={`Published again with other content under the same number: ${versions.join(
        ', ',
      )}.`}
    >
      <Text>
        Services that have this number may hold either content. Give changed
        content a new number.
      </Text>
    </Notice>
  );
}

function Summary(props: { adoption: AdoptionResponse; address: Address }) {
  const { adoption, address } = props;
  const { items, newestVersion } = adoption;
  return (
    <Row>
      <Text inline>{countText(items.length, 'service')}:</Text>
      {STANDINGS.map(({ value, label }) => {
        const count = items.filter(item =>
          standsSo(item, value, newestVersion !== null),
        ).length;
        return count === 0 ? null : (
          <StatusChip
            key={value}
            tone={TONES[value]}
            label={`${count} ${label.toLocaleLowerCase('en-GB')}`}
            to={address.href(
              { standing: value, version: '', q: '' },
              ADOPTERS_ANCHOR,
            )}
          />
        );
      })}
    </Row>
  );
}

/** Which services have which version of the template, and how far each is. */
export function AdoptionSection(props: {
  adoption: LiveData<AdoptionResponse>;
  address: Address;
}) {
  const { adoption, address } = props;
  const { data } = adoption;
  const versions = [...(data?.versions ?? [])].sort(
    (a, b) =>
      compareVersions(b.version, a.version) ||
      b.firstSeenAt.localeCompare(a.firstSeenAt),
  );
  return (
    <Section id={ADOPTION_ANCHOR} title="Adoption">
      <LiveNotice live={adoption} what="The adoption of this template" />
      {data ? (
        <Stack gap={2}>
          <Newest adoption={data} />
          <Republished
            versions={versions
              .filter(({ republished }) => republished)
              .map(({ version }) => version)}
          />
          {data.items.length > 0 ? (
            <Summary adoption={data} address={address} />
          ) : (
            <Notice tone="neutral" title="Nothing uses it yet.">
              <Text>
                Services stand here once they are made from the template, or
                adopt it, and their lock file is read.
              </Text>
            </Notice>
          )}
          {versions.length > 0 ? (
            <AdoptionVersions
              versions={versions}
              hrefOf={version =>
                address.href({ version, standing: '', q: '' }, ADOPTERS_ANCHOR)
              }
            />
          ) : null}
          {data.items.length > 0 ? (
            <AdoptionServices adoption={data} address={address} />
          ) : null}
        </Stack>
      ) : null}
    </Section>
  );
}
