import { useApi } from '@backstage/core-plugin-api';
import type {
  PushToken,
  Repository,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { useState } from 'react';
import { localGitApiRef } from '../api/localGitApi';
import type { Failure } from '../format/failure';
import { fullTime } from '../format/time';
import {
  ActionButton,
  Code,
  CopyLine,
  Disclosure,
  FailureNotice,
  Notice,
  Row,
  Stack,
  Text,
} from '../ui';
import { describeHostFailure } from './hostFailure';

/** The clone address with user and token in it, as a remote that needs no prompt. */
function remoteWithToken(cloneUrl: string, token: string): string {
  try {
    const url = new URL(cloneUrl);
    url.username = 'git';
    url.password = token;
    return url.toString();
  } catch {
    return cloneUrl;
  }
}

function TokenInstructions(props: { repository: Repository; push: PushToken }) {
  const { repository, push } = props;
  const { cloneUrl, defaultBranch, name } = repository;
  return (
    <Stack gap={1}>
      <Notice tone="warn" title="Copy this token now: it is shown only once.">
        <Text>
          It lets you push to {name} until{' '}
          <time dateTime={push.expiresAt}>{fullTime(push.expiresAt)}</time>.
          Treat it like a password.
        </Text>
      </Notice>
      <CopyLine text={push.token} label="the push token" />
      <Text>
        Push from your clone. When git asks, the user name is <Code>git</Code>{' '}
        and the password is the token.
      </Text>
      <CopyLine
        text={`git push origin ${defaultBranch}`}
        label="the command to push"
      />
      <Disclosure
        summary={<Text inline>Push without being asked for a password</Text>}
      >
        <Stack>
          <Text>
            This writes the token into the clone’s <Code>.git/config</Code> in
            clear text. Use it only where nobody else can read that folder.
          </Text>
          <CopyLine
            text={`git remote set-url origin ${remoteWithToken(
              cloneUrl,
              push.token,
            )}`}
            label="the command to keep the token in the remote"
          />
        </Stack>
      </Disclosure>
    </Stack>
  );
}

/** A push token on request, for those who may push. */
export function PushAccess(props: { repository: Repository }) {
  const { repository } = props;
  const api = useApi(localGitApiRef);
  const [push, setPush] = useState<PushToken>();
  const [failure, setFailure] = useState<Failure>();
  const [asking, setAsking] = useState(false);

  if (!repository.canPush) {
    return (
      <Text>
        You may read and clone this repository, not push to it. Ask the person
        who created it, or a member of the group that owns it.
      </Text>
    );
  }
  const ask = async () => {
    setAsking(true);
    setFailure(undefined);
    try {
      setPush(await api.createPushToken(repository.name));
    } catch (thrown) {
      setFailure(describeHostFailure(thrown, 'A push token'));
    }
    setAsking(false);
  };
  return (
    <Stack gap={1}>
      {failure ? <FailureNotice failure={failure} onRetry={ask} /> : null}
      {push ? <TokenInstructions repository={repository} push={push} /> : null}
      <Row>
        {push ? (
          <ActionButton onClick={() => setPush(undefined)}>
            Hide the token
          </ActionButton>
        ) : (
          <ActionButton onClick={ask} disabled={asking} primary>
            Get a push token
          </ActionButton>
        )}
      </Row>
    </Stack>
  );
}
