import { SERVICE_FILE } from '@goldenpath/engine';
import { useState } from 'react';
import {
  Announcement,
  Code,
  CopyLine,
  FileLink,
  FormDialog,
  SafeLink,
  Text,
  TextInput,
} from '../ui';
import { utcDay } from '../waivers/waiverForm';
import { checkPathWaiver, PathWaiverProblems } from './pathWaiver';

/**
 * Helps to except one file from following the template. Exceptions of files are kept in the service's own file, so that
 * what comes out is the text to add there.
 */
export function WaiveFile(props: {
  path: string;
  /** Who owns the service, to begin with. */
  owner: string;
  fileLink: FileLink;
  onClose: () => void;
}) {
  const { path, owner, fileLink, onClose } = props;
  const [draft, setDraft] = useState({ reason: '', owner, expires: '' });
  const [problems, setProblems] = useState<PathWaiverProblems>({});
  const [yaml, setYaml] = useState<string>();
  const write = (field: keyof typeof draft) => (value: string) => {
    setDraft(before => ({ ...before, [field]: value }));
    setProblems(before => ({ ...before, [field]: undefined }));
  };
  const check = () => {
    const checked = checkPathWaiver(path, draft, new Date());
    if ('problems' in checked) {
      setProblems(checked.problems);
    } else {
      setYaml(checked.yaml);
    }
  };

  const done = yaml !== undefined;
  return (
    <FormDialog
      title={`Except ${path} from the template`}
      confirm={done ? 'Done' : 'Write the exception'}
      busy={false}
      onConfirm={done ? onClose : check}
      onClose={onClose}
    >
      {done ? (
        <>
          <Announcement
            text={`The exception is written, but not in force: it has to be added to ${SERVICE_FILE}.`}
            turn={1}
          />
          <Text>
            Add this to{' '}
            <SafeLink to={fileLink(SERVICE_FILE)}>
              <Code>{SERVICE_FILE}</Code>
            </SafeLink>{' '}
            at the root of the repository, in a change that your owners review.
            If the file has waivers already, add the entry to them; if there is
            no such file, this is all that it needs.
          </Text>
          <CopyLine text={yaml} label="the exception" />
          <Text subtle>
            Once it is on the default branch the file counts as waived and
            updates leave it alone, until the day has ended.
          </Text>
        </>
      ) : (
        <>
          <Text>
            The file then counts as waived instead of drifted, and updates leave
            it as it is.
          </Text>
          <TextInput
            label="Reason"
            value={draft.reason}
            onChange={write('reason')}
            lines={3}
            required
            problem={problems.reason}
            help="Why the service cannot follow the template here, and what is done about it. At least 10 characters."
          />
          <TextInput
            label="Owner"
            value={draft.owner}
            onChange={write('owner')}
            required
            problem={problems.owner}
            help="Who answers for it, such as group:default/shop."
          />
          <TextInput
            label="Holds until"
            kind="date"
            value={draft.expires}
            onChange={write('expires')}
            required
            min={utcDay(new Date())}
            problem={problems.expires}
            help="Its last day, in UTC."
          />
        </>
      )}
    </FormDialog>
  );
}
