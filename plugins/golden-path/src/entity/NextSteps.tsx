import { nextSteps, type NextStep, type Scorecard } from '@goldenpath/engine';
import { Disclosure, Heading, Stack, StepList, Text } from '../ui';
import { checkAnchor } from './anchors';

/** The cheapest way to the next level, and what else is worth doing. */
export function NextSteps(props: { scorecard: Scorecard }) {
  const { scorecard } = props;
  const { level, steps, others } = nextSteps(scorecard);
  const hrefOf = (step: NextStep) =>
    `#${checkAnchor(scorecard.path.name, step.id)}`;
  return (
    <Stack>
      {level && steps.length > 0 ? (
        <>
          <Heading level={4}>Cheapest way to {level}</Heading>
          <Text subtle>
            {steps.length === 1
              ? 'One step is left. Its points are of the raw score.'
              : `These ${steps.length} together reach it, the cheapest first. The points are of the raw score, each step alone.`}
          </Text>
          <StepList
            caption={`Steps to ${level}`}
            steps={steps}
            hrefOf={hrefOf}
          />
        </>
      ) : null}
      {others.length > 0 ? (
        <Disclosure
          summary={
            <Text inline>
              {level
                ? `Worth doing beyond that: ${others.length}`
                : `Worth doing: ${others.length}`}
            </Text>
          }
        >
          <StepList caption="Further steps" steps={others} hrefOf={hrefOf} />
        </Disclosure>
      ) : null}
    </Stack>
  );
}
