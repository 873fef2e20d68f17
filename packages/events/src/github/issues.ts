import { z } from 'zod';
import { cdeventBody } from '../cdeventBody';
import { rootCauseOf } from '../changeText';
import { PRODUCTION } from '../environment';
import { instantSchema } from '../instant';
import {
  readMessage,
  skip,
  translated,
  type Translation,
} from '../translation';
import {
  optionalTextSchema,
  repositoryOf,
  repositorySchema,
} from './repository';

const INCIDENT_LABEL = 'incident';
/** Labels such as `environment: staging` say where it happened. */
const ENVIRONMENT_LABEL = /^env(?:ironment)?:\s*(\S+)$/i;
const NOT_CHANGE_RELATED = 'not change related';

const labelSchema = z.looseObject({ name: z.string() });

const issuesSchema = z.looseObject({
  action: z.string(),
  label: labelSchema.nullish(),
  issue: z.looseObject({
    number: z.int().positive(),
    title: z.string(),
    body: z.string().nullish(),
    html_url: optionalTextSchema,
    created_at: instantSchema,
    updated_at: instantSchema.nullish(),
    closed_at: instantSchema.nullish(),
    state: z.string().optional(),
    labels: z.array(labelSchema).default([]),
  }),
  repository: repositorySchema,
});

/** `labeled`: the label may come after the issue, which was an incident from its beginning. */
const OPENING = ['opened', 'reopened', 'labeled'];

/**
 * `issues` with the label `incident`: opened or labelled is `incident.detected`, closed is `incident.resolved`. Its text
 * may name the commit that caused it, as `root cause: <sha>`.
 */
export function translateIssues(body: unknown, receivedAt: Date): Translation {
  const {
    action,
    label,
    issue,
    repository: place,
  } = readMessage(issuesSchema, body, 'GitHub issues');
  const what = `issues ${action}`;
  const labels = issue.labels.map(({ name }) => name.trim().toLowerCase());
  if (!labels.includes(INCIDENT_LABEL)) {
    return skip(what, `the issue has no label '${INCIDENT_LABEL}'`);
  }
  const opening = OPENING.includes(action);
  if (!opening && action !== 'closed' && action !== 'edited') {
    return skip(what, 'neither the beginning nor the end of the incident');
  }
  if (
    action === 'labeled' &&
    label?.name.trim().toLowerCase() !== INCIDENT_LABEL
  ) {
    return skip(what, `another label than '${INCIDENT_LABEL}' was added`);
  }
  const cause = rootCauseOf(`${issue.title}\n${issue.body ?? ''}`);
  if (action === 'edited' && cause === undefined) {
    return skip(what, 'the text names no root cause');
  }
  const { source, repository } = repositoryOf(place);
  const environment =
    issue.labels
      .map(({ name }) => ENVIRONMENT_LABEL.exec(name.trim())?.[1])
      .find(name => name !== undefined) ?? PRODUCTION;
  const isEnd = action === 'closed';
  const told = {
    opened: { name: 'incident.detected', at: issue.created_at },
    labeled: { name: 'incident.detected', at: issue.created_at },
    reopened: { name: 'incident.detected', at: issue.updated_at },
    // What is learned later reports the incident once more, which neither opens nor reopens it.
    edited: { name: 'incident.reported', at: issue.created_at },
    closed: {
      name: 'incident.resolved',
      at: issue.closed_at ?? issue.updated_at,
    },
  } as const;
  const { name, at } = told[action as keyof typeof told];
  return translated(
    cdeventBody({
      name,
      source,
      identity:
        action === 'edited'
          ? ['issues', issue.number, 'cause', cause ?? '']
          : [
              'issues',
              issue.number,
              isEnd ? 'closed' : 'opened',
              at?.getTime() ?? '',
            ],
      at: at ?? receivedAt,
      subject: {
        id: `${repository.id}#${issue.number}`,
        source: repository.source,
        content: {
          repository,
          environment: { id: environment, source: repository.source },
          description: issue.title.slice(0, 10_000),
          ticketURI: issue.html_url,
        },
      },
      goldenPath: {
        causedBy: cause === undefined ? undefined : { sha: cause },
        changeRelated: labels.includes(NOT_CHANGE_RELATED) ? false : undefined,
        url: issue.html_url,
      },
    }),
  );
}
