import type { CheckResult, Scorecard } from '@goldenpath/engine';
import { useSearchParams } from 'react-router-dom';
import { levelText } from '../format/score';
import { VERDICT_ORDER, verdictWording } from '../format/verdict';
import {
  CheckTable,
  FileLink,
  FilterSelect,
  Heading,
  LevelLadder,
  Row,
  ScoreInterval,
  Stack,
  Text,
  VerdictCounts,
} from '../ui';
import { checkAnchor, CHECKS_ANCHOR, SOURCES_ANCHOR } from './anchors';

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
}) {
  const { scorecard, target, fileLink } = props;
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
          />
        </Stack>
      ))}
    </Stack>
  );
}
