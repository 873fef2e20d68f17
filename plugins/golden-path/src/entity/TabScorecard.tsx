import type { WaiversResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import type { CheckResult, Scorecard } from '@goldenpath/engine';
import { useSearchParams } from 'react-router-dom';
import { levelText } from '../format/score';
import { VERDICT_ORDER, verdictWording } from '../format/verdict';
import { LiveNotice } from '../components/LiveNotice';
import type { LiveData } from '../hooks/useLiveData';
import { useOptionalRoute } from '../hooks/useOptionalRoute';
import { checkRouteRef } from '../routes';
import {
  CheckTable,
  FileLink,
  FilterSelect,
  Heading,
  LevelLadder,
  Row,
  SafeLink,
  ScoreInterval,
  Stack,
  StatusChip,
  Text,
  VerdictCounts,
} from '../ui';
import { checkAnchor, CHECKS_ANCHOR, SOURCES_ANCHOR } from './anchors';
import { CheckException, pendingOf } from './CheckException';
import { NextSteps } from './NextSteps';

interface Group {
  title: string;
  checks: CheckResult[];
}

function groupsOf(scorecard: Scorecard, verdict: string): Group[] {
  const shown = scorecard.checks.filter(
    check => verdict === '' || check.verdict === verdict,
  );
  const counting = shown.filter(check => check.stage !== 'shadow');
  const trial = shown.filter(check => check.stage === 'shadow');
  return [
    ...scorecard.levels.map(level => ({
      title: `Level ${level}`,
      checks: counting.filter(check => check.level === level),
    })),
    { title: 'On trial, counting nowhere', checks: trial },
  ].filter(group => group.checks.length > 0);
}

/** All checks of one path, by level, filtered by `?verdict=`. */
export function TabScorecard(props: {
  scorecard: Scorecard;
  target: string;
  fileLink: FileLink;
  waivers: LiveData<WaiversResponse>;
  /** Loads scorecard and exceptions again. */
  reload: () => Promise<void>;
}) {
  const { scorecard, target, fileLink, waivers, reload } = props;
  const checkHref = useOptionalRoute(checkRouteRef);
  const exceptions = waivers.data?.items ?? [];
  const [search, setSearch] = useSearchParams();
  const verdict = search.get('verdict') ?? '';
  const groups = groupsOf(scorecard, verdict);
  const { path } = scorecard;

  const choose = (value: string) =>
    setSearch(
      before => {
        const after = new URLSearchParams(before);
        if (value) {
          after.set('verdict', value);
        } else {
          after.delete('verdict');
        }
        return after;
      },
      { replace: true },
    );

  return (
    <Stack gap={2}>
      <Heading level={3}>
        {path.title ?? path.name}, version {path.version}
      </Heading>
      <LevelLadder
        levels={scorecard.levels}
        level={scorecard.level}
        nextLevel={scorecard.nextLevel}
      />
      <Text subtle>{levelText(scorecard)}.</Text>
      <ScoreInterval scorecard={scorecard} />
      <VerdictCounts
        checks={scorecard.checks}
        hrefOf={value => `?verdict=${value}#${CHECKS_ANCHOR}`}
      />
      <NextSteps scorecard={scorecard} />
      {waivers.error ? (
        <LiveNotice live={waivers} what="The list of exceptions" />
      ) : null}
      <Row>
        <FilterSelect
          label="Verdict"
          value={verdict}
          onChange={choose}
          options={VERDICT_ORDER.map(value => ({
            value,
            label: verdictWording(value).label,
          }))}
        />
      </Row>
      {groups.length === 0 ? (
        <Text>No check has this verdict. Choose All to see the others.</Text>
      ) : null}
      {groups.map(group => (
        <Stack key={group.title}>
          <Heading level={4}>{group.title}</Heading>
          <CheckTable
            caption={`${path.title ?? path.name}: ${group.title}`}
            checks={group.checks}
            idOf={check => checkAnchor(path.name, check.id)}
            openId={target}
            fileLink={fileLink}
            sourcesHref={`?${search}#${SOURCES_ANCHOR}`}
            beside={check =>
              pendingOf(exceptions, path.name, check.id) ? (
                <StatusChip
                  tone="busy"
                  label="Exception asked for"
                  meaning="It waits for approval and changes nothing until then."
                />
              ) : null
            }
            actions={check => (
              <>
                <CheckException
                  entityRef={scorecard.entityRef}
                  path={path.name}
                  check={check}
                  waivers={exceptions}
                  reload={reload}
                />
                {checkHref ? (
                  <Text>
                    <SafeLink
                      to={checkHref({ name: path.name, check: check.id })}
                    >
                      This check over the whole fleet
                    </SafeLink>
                  </Text>
                ) : null}
              </>
            )}
          />
        </Stack>
      ))}
    </Stack>
  );
}
