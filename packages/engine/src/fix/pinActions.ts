import type { Node } from 'yaml';
import type { Evidence } from '../model';
import { describeUses } from '../repository/actionReference';
import { newestPin, pinOf, type ActionPin, versionOf } from './actionPins';
import type { Fix } from './Fix';
import { editWorkflows, usesOf } from './workflowFiles';
import type { YamlText } from './YamlText';

interface Reference {
  file: string;
  line: number;
  name: string;
  ref: string;
  comment: string | undefined;
}

/** Puts another commit, and its version as a comment, wherever `choose` gives one. */
function editReferences(
  files: ReadonlyMap<string, string>,
  choose: (reference: Reference) => ActionPin | undefined,
) {
  const editOne = (
    yaml: YamlText,
    file: string,
    uses: { node: Node; text: string },
  ) => {
    const { node, text } = uses;
    const at = text.lastIndexOf('@');
    if (at < 0 || /^(\.|\$)\/|^docker:/.test(text)) {
      return;
    }
    const name = text.slice(0, at);
    const pin = choose({
      file,
      line: yaml.lineOf(node),
      name,
      ref: text.slice(at + 1),
      comment: node.comment?.trim(),
    });
    if (pin) {
      // A flow map goes on behind the reference
      const isLast = /^\s*(#.*)?$/.test(yaml.restOfLine(node));
      const comment = isLast ? ` # ${pin.version}` : '';
      yaml.replace(node, `${name}@${pin.sha}${comment}`, { withLine: isLast });
    }
  };
  return editWorkflows(
    files,
    ({ file, yaml, jobs }) => {
      for (const job of jobs) {
        for (const node of [job.node, ...job.steps]) {
          const uses = usesOf(node);
          if (uses) {
            editOne(yaml, file, uses);
          }
        }
      }
    },
    { actions: true },
  );
}

const isCommit = (ref: string) => /^[0-9a-f]{40}$/.test(ref);

/** Pins what floats to the commit of the same major version. */
export const pinActions: Fix = {
  name: 'pin-actions',
  describe:
    'Writes the commit of the newest known release of the same major version, with the version as a comment. Branches, other majors and actions not in the table are left alone.',
  apply: files =>
    editReferences(files, ({ name, ref }) =>
      isCommit(ref) ? undefined : pinOf(name, ref),
    ),
};

/** Makes the comment beside a commit say the version the commit is. */
export const fixPinComments: Fix = {
  name: 'fix-pin-comments',
  describe:
    'Writes the version beside a pinned commit where the comment is missing or says another. Commits not in the table are left alone.',
  apply: files =>
    editReferences(files, ({ ref, comment }) => {
      const version = isCommit(ref) ? versionOf(ref) : undefined;
      return version && comment !== version ? { sha: ref, version } : undefined;
    }),
};

/** Moves actions that need it to the newest release. */
export const upgradeActions: Fix = {
  name: 'upgrade-actions',
  describe:
    'Moves actions that run on a retired Node.js, or that the check names, to the commit of the newest known release. The major version may change: read its release notes.',
  apply: (files, evidence: readonly Evidence[]) => {
    const named = new Set(evidence.map(({ file, line }) => `${file}:${line}`));
    return editReferences(files, reference => {
      const { file, line, name, ref, comment } = reference;
      const pin = newestPin(name);
      const { retiredRuntime } = describeUses(
        { file, line, text: `${name}@${ref}`, comment },
        () => false,
      );
      return pin?.sha !== ref &&
        (retiredRuntime || named.has(`${file}:${line}`))
        ? pin
        : undefined;
    });
  },
};
