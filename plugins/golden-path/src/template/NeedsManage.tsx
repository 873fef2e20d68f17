import { Code, Text } from '../ui';

/** In place of a form: who can do it. */
export function NeedsManage(props: {
  /** Such as `To start a dry run`. */
  what: string;
}) {
  return (
    <Text>
      {props.what} you need the permission{' '}
      <Code>golden-path.rollout.manage</Code>. The platform team have it, and
      write the permission policy of this Backstage: ask them.
    </Text>
  );
}
