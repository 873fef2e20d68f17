import type {
  Adopter,
  AdoptionResponse,
  WaveRule,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { useState } from 'react';
import { countText } from '../format/count';
import { pauseOnText } from '../format/rollout';
import { shareText } from '../format/share';
import {
  ActionButton,
  Announcement,
  Disclosure,
  FailureNotice,
  FilterSelect,
  FormDialog,
  Heading,
  List,
  LoadMore,
  RolloutPauseInput,
  Row,
  Stack,
  Text,
  WaveRuleInput,
} from '../ui';
import { EntityName } from './EntityName';
import { previewRollout, previewText, RolloutPreview } from './rolloutPreview';
import { useShown } from './useShown';
import { useStartRollout } from './useStartRollout';

const SHARES = ['0.5', '0.75', '0.9', '1'];

/** What stands before the first request is opened, and cannot be taken back after. */
function Consequences(props: {
  preview: RolloutPreview;
  advanceAt: number;
  pauseOn: { failingPipelines: boolean; fallingHealth: boolean };
}) {
  const { preview, advanceAt, pauseOn } = props;
  const { waves, noun } = preview;
  return (
    <>
      <Text variant="strong">{previewText(preview)}</Text>
      <List label="What will happen" marked>
        <Text>
          The owners of each service get a {noun} that brings it to{' '}
          {preview.version}. Nothing is merged for them.
        </Text>
        {waves && waves.length > 1 ? (
          <Text>
            {countText(waves[0], 'service')} in the first wave. The next wave
            starts when {shareText(advanceAt)} of the requests before it are
            merged.
          </Text>
        ) : null}
        <Text>
          A {noun} with conflicts is a draft; the service’s own lines stay in
          it.
        </Text>
        <Text>{pauseOnText(pauseOn)}</Text>
        <Text>
          You can pause or cancel it; requests that are open then stay open.
        </Text>
      </List>
    </>
  );
}

/** Whom a roll-out would reach. */
function Behind(props: { services: Adopter[] }) {
  const page = useShown(props.services);
  return (
    <>
      <List label="Services that are not up to date">
        {page.items.map(({ entityRef, layer, version }) => (
          <span key={`${entityRef} ${layer}`}>
            <EntityName of={entityRef} />{' '}
            <Text inline subtle variant="small">
              from {version}
            </Text>
          </span>
        ))}
      </List>
      {page.more.more ? <LoadMore {...page.more} what="services" /> : null}
    </>
  );
}

/** Starts a roll-out of the newest version, after saying what it will do. */
export function StartRollout(props: {
  templateRef: string;
  adoption: AdoptionResponse;
  /** Gets the id of the roll-out. */
  onStarted: (id: string) => Promise<void>;
}) {
  const { templateRef, adoption, onStarted } = props;
  const [waves, setWaves] = useState<WaveRule>('share');
  const [pauseOn, setPauseOn] = useState({
    failingPipelines: true,
    fallingHealth: true,
  });
  const [share, setShare] = useState('1');
  const starting = useStartRollout({ templateRef, onStarted });
  const preview = previewRollout(adoption, waves);

  if (!preview) {
    return (
      <Text>
        No roll-out can be started: the newest version is not known.
        {adoption.reason ? ` ${adoption.reason}` : ''}
      </Text>
    );
  }
  if (preview.behind.length === 0) {
    return (
      <>
        <Announcement text={starting.announced} turn={starting.turn} />
        <Text>
          {adoption.items.length === 0
            ? 'No service has this template: there is nothing to roll out.'
            : `Every service has ${preview.version}: there is nothing to roll out.`}
        </Text>
      </>
    );
  }
  const settings = { waves, pauseOn, advanceAt: Number(share) };
  return (
    <Stack gap={2}>
      <Heading level={3}>Start a roll-out of {preview.version}</Heading>
      <WaveRuleInput value={waves} onChange={setWaves} />
      <RolloutPauseInput value={pauseOn} onChange={setPauseOn} />
      {waves === 'all' ? null : (
        <FilterSelect
          label="Next wave when merged"
          value={share}
          all={false}
          options={SHARES.map(value => ({
            value,
            label: `${shareText(Number(value))} of the wave before`,
          }))}
          onChange={setShare}
        />
      )}
      <Disclosure summary={previewText(preview)}>
        <Behind services={preview.behind} />
      </Disclosure>
      <Row>
        <ActionButton primary onClick={starting.open}>
          Roll out {preview.version}…
        </ActionButton>
      </Row>
      <Announcement text={starting.announced} turn={starting.turn} />
      {starting.asked ? (
        <FormDialog
          title={`Roll out ${preview.version}?`}
          confirm={starting.busy ? 'Starting…' : 'Start the roll-out'}
          busy={starting.busy}
          onConfirm={() => starting.start(settings)}
          onClose={starting.close}
        >
          <Consequences
            preview={preview}
            advanceAt={settings.advanceAt}
            pauseOn={pauseOn}
          />
          {starting.failure ? (
            <FailureNotice failure={starting.failure} />
          ) : null}
        </FormDialog>
      ) : null}
    </Stack>
  );
}
