import type { CheckResult } from '@goldenpath/engine';
import { entityName } from '../format/entityName';
import { FactList } from './Fact';

/** The exception that holds for a check: why, who answers for it, until when, and who approved it. */
export function WaiverNote(props: {
  waiver: NonNullable<CheckResult['waiver']>;
}) {
  const { reason, owner, expires, approvedBy } = props.waiver;
  return (
    <FactList
      facts={[
        { name: 'Waived until', value: expires },
        { name: 'Reason', value: reason },
        { name: 'Owner', value: entityName(owner) },
        {
          name: 'Approved by',
          value: approvedBy ? entityName(approvedBy) : 'nobody has to',
        },
      ]}
    />
  );
}
