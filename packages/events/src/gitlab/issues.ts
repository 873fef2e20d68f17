import { z } from 'zod';
import { cdeventBody } from '../cdeventBody';
import { rootCauseOf } from '../changeText';
import { PRODUCTION } from '../environment';
import {
  readMessage,
  skip,
  translated,
  type Translation,
} from '../translation';
import { gitlabInstantSchema } from './gitlabInstant';
import { optionalTextSchema, projectPlace, projectSchema } from './project';

const INCIDENT = 'incident';
const ENVIRONMENT_LABEL = /^env(?:ironment)?::?\s*(\S+)$/i;

const labelsSchema = z
  .array(z.looseObject({ title: z.string() }))
  .nullish()
  .transform(labels => labels ?? []);

const issueSchema = z.looseObject({
  object_attributes: z.looseObject({
    iid: z.int().positive(),
    action: optionalTextSchema,
    title: z.string(),
    description: z.string().nullish(),
    type: optionalTextSchema,
    created_at: gitlabInstantSchema,
    updated_at: gitlabInstantSchema.nullish(),
    closed_at: gitlabInstantSchema.nullish(),
    url: optionalTextSchema,
  }),
  labels: labelsSchema,
  /** Work items of a group have none. */
  project: projectSchema.nullish(),
});

/**
 * Issue events of type Incident (GitLab 17.2 names the type), or with the label `incident`: opened is
 * `incident.detected`, closed is `incident.resolved`. The text may name the commit that caused it, as `root cause: <sha>`.
 */
export function translateIssue(body: unknown, receivedAt: Date): Translation {
  const {
    object_attributes: issue,
    labels,
    project,
  } = readMessage(issueSchema, body, 'GitLab Issue');
  const { action } = issue;
  const what = `issue ${action ?? ''}`.trim();
  const titles = labels.map(({ title }) => title.trim().toLowerCase());
  if (issue.type?.toLowerCase() !== INCIDENT && !titles.includes(INCIDENT)) {
    return skip(what, 'the issue is no incident');
  }
  if (!project) {
    return skip(what, 'it belongs to no project');
  }
  const cause = rootCauseOf(`${issue.title}\n${issue.description ?? ''}`);
  if (action === 'update' && cause === undefined) {
    return skip(what, 'the text names no root cause');
  }
  const told = {
    open: { name: 'incident.detected', at: issue.created_at },
    reopen: { name: 'incident.detected', at: issue.updated_at },
    update: { name: 'incident.reported', at: issue.created_at },
    close: {
      name: 'incident.resolved',
      at: issue.closed_at ?? issue.updated_at,
    },
  } as const;
  if (!action || !Object.hasOwn(told, action)) {
    return skip(what, 'neither the beginning nor the end of the incident');
  }
  const { name, at } = told[action as keyof typeof told];
  const { source, repository } = projectPlace(project);
  const environment =
    labels
      .map(({ title }) => ENVIRONMENT_LABEL.exec(title.trim())?.[1])
      .find(found => found !== undefined) ?? PRODUCTION;
  return translated(
    cdeventBody({
      name,
      source,
      identity:
        action === 'update'
          ? ['issue', issue.iid, 'cause', cause ?? '']
          : ['issue', issue.iid, action, at?.getTime() ?? ''],
      at: at ?? receivedAt,
      subject: {
        id: `${repository.id}#${issue.iid}`,
        source: repository.source,
        content: {
          repository,
          environment: { id: environment, source: repository.source },
          description: issue.title.slice(0, 10_000),
          ticketURI: issue.url,
        },
      },
      goldenPath: {
        causedBy: cause === undefined ? undefined : { sha: cause },
        changeRelated: titles.includes('not change related')
          ? false
          : undefined,
        url: issue.url,
      },
    }),
  );
}
