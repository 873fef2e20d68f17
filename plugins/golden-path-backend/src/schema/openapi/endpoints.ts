import { z } from 'zod';
import { replySchemas } from './components';

type Reply<T extends keyof typeof replySchemas> = z.infer<
  (typeof replySchemas)[T]
>;

/** @internal */
export type EntityPath = { kind: string; namespace: string; name: string };

/** The types of every route; spec.ts says the same to people and to the validator. @internal */
export type EndpointMap = {
  '#get|/v1/entities/{kind}/{namespace}/{name}/scorecard': {
    path: EntityPath;
    response: Reply<'Scorecard'>;
  };
  '#get|/v1/entities/{kind}/{namespace}/{name}/history': {
    path: EntityPath;
    response: Reply<'History'>;
  };
  '#get|/v1/entities/{kind}/{namespace}/{name}/drift': {
    path: EntityPath;
    response: Reply<'Drift'>;
  };
  '#get|/v1/entities/{kind}/{namespace}/{name}/health': {
    path: EntityPath;
    query: { environment?: string; from?: string; to?: string };
    response: Reply<'Health'>;
  };
  '#get|/v1/entities/{kind}/{namespace}/{name}/events': {
    path: EntityPath;
    query: { ids?: string; limit?: number; cursor?: string };
    response: Reply<'Events'>;
  };
  '#post|/v1/entities/{kind}/{namespace}/{name}/refresh': {
    path: EntityPath;
    response: Reply<'Refresh'>;
  };
  '#post|/v1/events': { response: Reply<'Ingest'> };
  '#get|/v1/paths': { response: Reply<'Paths'> };
  '#get|/v1/paths/{name}': {
    path: { name: string };
    response: Reply<'Path'>;
  };
  '#get|/v1/scorecards': {
    query: { path?: string; limit?: number; cursor?: string };
    response: Reply<'Scorecards'>;
  };
};
