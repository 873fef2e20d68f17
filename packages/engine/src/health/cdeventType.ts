/**
 * Every subject and predicate of the CDEvents vocabulary up to 0.6.0-draft.
 * All have major version 0 so far.
 */
const PREDICATES_OF_SUBJECT: Record<string, readonly string[]> = {
  approval: ['created', 'updated', 'closed'],
  artifact: ['packaged', 'published', 'signed', 'deleted', 'downloaded'],
  branch: ['created', 'deleted'],
  build: ['queued', 'started', 'finished'],
  change: ['created', 'updated', 'reviewed', 'merged', 'abandoned'],
  environment: ['created', 'modified', 'deleted'],
  incident: ['detected', 'reported', 'resolved'],
  pipelinerun: ['queued', 'started', 'finished'],
  repository: ['created', 'modified', 'deleted'],
  service: ['deployed', 'upgraded', 'rolledback', 'removed', 'published'],
  taskrun: ['started', 'finished'],
  testcaserun: ['queued', 'started', 'finished', 'skipped'],
  testoutput: ['published'],
  testsuiterun: ['queued', 'started', 'finished'],
  ticket: ['created', 'updated', 'closed'],
};

const KNOWN_MAJOR = '0';
const TYPE_PATTERN =
  /^dev\.cdevents\.([a-z]+)\.([a-z]+)\.(\d+)\.(\d+)\.(\d+)(?:-[0-9A-Za-z.-]+)?$/;
const VERSION_PATTERN = /^(\d+)\.(\d+)\.(\d+)(?:-[0-9A-Za-z.-]+)?$/;

/** Custom events, as the specification names them: `dev.cdeventsx.<tool>-<subject>.<predicate>.<version>`. */
const CUSTOM_PATTERN =
  /^dev\.cdeventsx\.([a-z0-9]+)-([a-z0-9]+)\.([a-z0-9]+)\.(\d+)\.(\d+)\.(\d+)(?:-[0-9A-Za-z.-]+)?$/;
/** The tool of the custom events that metrics read. */
const OWN_TOOL = 'goldenpath';
const OWN_TYPES = [
  'scan.finished',
  'vex.stated',
  'cost.charged',
  'flags.observed',
  'slo.measured',
];

export interface CdeventType {
  /** Set for custom events; `goldenpath` for those that metrics read. */
  tool?: string;
  /** Lower case, such as `service` or `pipelinerun`. */
  subject: string;
  predicate: string;
}

/** What is wrong with a type or a version, in words that say what to do. */
export interface Refusal {
  refused: string;
}

/**
 * Takes a `context.type` apart. Any minor and patch version of a known subject and predicate is accepted,
 * as the vocabulary is at major version 0; another major version, another subject or predicate is refused.
 */
export function readCdeventType(type: string): CdeventType | Refusal {
  const custom = CUSTOM_PATTERN.exec(type);
  if (custom) {
    return readCustomType(custom);
  }
  const match = TYPE_PATTERN.exec(type);
  if (!match) {
    return {
      refused: `'${type}' is not a CDEvents type; expected dev.cdevents.<subject>.<predicate>.<major>.<minor>.<patch>`,
    };
  }
  const [, subject, predicate, major] = match;
  const predicates = Object.hasOwn(PREDICATES_OF_SUBJECT, subject)
    ? PREDICATES_OF_SUBJECT[subject]
    : undefined;
  if (!predicates) {
    return {
      refused: `'${subject}' is not a CDEvents subject; known are ${Object.keys(
        PREDICATES_OF_SUBJECT,
      ).join(', ')}`,
    };
  }
  if (!predicates.includes(predicate)) {
    return {
      refused: `'${subject}.${predicate}' is not a CDEvents type; known for ${subject} are ${predicates.join(
        ', ',
      )}`,
    };
  }
  if (major !== KNOWN_MAJOR) {
    return {
      refused: `major version ${major} of ${subject}.${predicate} is not supported; send major version ${KNOWN_MAJOR}`,
    };
  }
  return { subject, predicate };
}

/** Says why a CDEvents specification version cannot be read, or nothing when it can. */
export function refuseSpecVersion(version: string): string | undefined {
  const match = VERSION_PATTERN.exec(version);
  if (!match) {
    return `'${version}' is not a version; expected one such as 0.4.1 or 0.5.1`;
  }
  if (match[1] !== KNOWN_MAJOR) {
    return `major version ${match[1]} of CDEvents is not supported; send 0.4 or 0.5`;
  }
  return undefined;
}

function readCustomType(match: RegExpExecArray): CdeventType | Refusal {
  const [, tool, subject, predicate, major] = match;
  const name = `${subject}.${predicate}`;
  if (tool === OWN_TOOL && !OWN_TYPES.includes(name)) {
    return {
      refused: `'${tool}-${name}' is not a custom event of this suite; known are ${OWN_TYPES.join(
        ', ',
      )}`,
    };
  }
  if (tool === OWN_TOOL && major !== KNOWN_MAJOR) {
    return {
      refused: `major version ${major} of ${tool}-${name} is not supported; send major version ${KNOWN_MAJOR}`,
    };
  }
  return { tool, subject, predicate };
}
