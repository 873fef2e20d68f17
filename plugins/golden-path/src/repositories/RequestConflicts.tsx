import type { ChangeRequestDetails } from '@goldenpath/backstage-plugin-golden-path-common';
import { countText } from '../format/count';
import { shellWord } from '../format/shellWord';
import { Code, CopyLine, List, Notice, Stack, Text } from '../ui';

/** Which files two branches changed in different ways, and how to bring them together. */
export function RequestConflicts(props: { details: ChangeRequestDetails }) {
  const { request, mergeable, conflicts } = props.details;
  const { sourceBranch, targetBranch } = request;
  if (request.state !== 'open' || mergeable !== 'conflicts') {
    return null;
  }
  return (
    <Notice
      tone="warn"
      title={`It cannot be merged yet: ${sourceBranch} and ${targetBranch} change the same places of ${countText(
        conflicts.length,
        'file',
      )}.`}
    >
      <List label="Files with conflicts" marked>
        {conflicts.map(path => (
          <Code key={path}>{path}</Code>
        ))}
      </List>
      <Text>
        Solve it in your clone: bring {targetBranch} into the branch, edit the
        files until both sides are in, then commit and push. You need a push
        token, which the page of the repository gives.
      </Text>
      <Stack gap={0.5}>
        <CopyLine
          text={`git fetch origin && git switch ${shellWord(sourceBranch)}`}
          label="the command to get the branch"
        />
        <CopyLine
          text={`git merge ${shellWord(`origin/${targetBranch}`)}`}
          label="the command to begin merging"
        />
        <CopyLine
          text={`git add --all && git commit --no-edit && git push origin ${shellWord(
            sourceBranch,
          )}`}
          label="the command to push what you solved"
        />
      </Stack>
    </Notice>
  );
}
