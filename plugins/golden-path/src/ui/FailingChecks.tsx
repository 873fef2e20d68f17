import type { CheckResult } from '@goldenpath/engine';
import { stageWording } from '../format/verdict';
import { CheckDetails } from './CheckDetails';
import { Disclosure } from './Disclosure';
import type { FileLink } from './EvidenceList';
import { Row, Stack } from './layout';
import { SafeLink } from './SafeLink';
import { StatusChip } from './StatusChip';
import { Prose, Text } from './text';

const SHOWN = 5;

/** The failing checks worth doing first, each with what to do; opens into the evidence. */
export function FailingChecks(props: {
  checks: CheckResult[];
  fileLink: FileLink;
  hrefOf: (check: CheckResult) => string;
  allHref: string;
}) {
  const { checks, fileLink, hrefOf, allHref } = props;
  if (checks.length === 0) {
    return <Text subtle>No check is known to fail.</Text>;
  }
  const rest = checks.length - SHOWN;
  return (
    <Stack gap={0.5}>
      {checks.slice(0, SHOWN).map(check => {
        const stage = stageWording(check);
        return (
          <Disclosure
            key={check.id}
            summary={
              <Row inline>
                <StatusChip tone="bad" label="Fail" />
                <Text inline>{check.title}</Text>
                <Text inline subtle variant="small">
                  {check.level}
                  {stage ? ` · ${stage.label}` : ''}
                  {check.remediation?.text ? (
                    <>
                      {' · '}
                      <Prose text={check.remediation.text} />
                    </>
                  ) : null}
                </Text>
              </Row>
            }
          >
            <Stack>
              <CheckDetails check={check} fileLink={fileLink} />
              <SafeLink
                to={hrefOf(check)}
                label={`Open ${check.title} on the tab`}
              >
                Open on the tab
              </SafeLink>
            </Stack>
          </Disclosure>
        );
      })}
      {rest > 0 ? (
        <SafeLink to={allHref}>
          {rest === 1 ? '1 more fails' : `${rest} more fail`}
        </SafeLink>
      ) : null}
    </Stack>
  );
}
