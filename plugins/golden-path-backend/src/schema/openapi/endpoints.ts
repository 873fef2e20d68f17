import {
  FleetQuery,
  RolloutAction,
  SummaryGroup,
  WaiverAction,
  WaiverStatus,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { GateVerdict } from '@goldenpath/engine';
import { z } from 'zod';
import { replySchemas } from './components';

type Reply<T extends keyof typeof replySchemas> = z.infer<
  (typeof replySchemas)[T]
>;

/** @internal */
export type EntityPath = { kind: string; namespace: string; name: string };

/** @internal */
export type TemplatePath = { namespace: string; name: string };

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
  '#get|/v1/entities/{kind}/{namespace}/{name}/plan': {
    path: EntityPath;
    query: { layer?: string };
    response: Reply<'Plan'>;
  };
  '#get|/v1/entities/{kind}/{namespace}/{name}/health': {
    path: EntityPath;
    query: { environment?: string; from?: string; to?: string };
    response: Reply<'Health'>;
  };
  '#get|/v1/entities/{kind}/{namespace}/{name}/timeline': {
    path: EntityPath;
    query: { environment?: string; from?: string; to?: string };
    response: Reply<'Timeline'>;
  };
  '#post|/v1/entities/{kind}/{namespace}/{name}/anomalies/{id}/acknowledge': {
    path: EntityPath & { id: string };
    response: Reply<'Anomaly'>;
  };
  '#get|/v1/health': {
    query: { groupBy: 'owner' | 'system'; environment?: string };
    response: Reply<'HealthRollups'>;
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
  '#post|/v1/paths/preview': {
    response: Reply<'PathComparison'>;
  };
  '#get|/v1/paths/{name}': {
    path: { name: string };
    query: { version?: string };
    response: Reply<'Path'>;
  };
  '#get|/v1/paths/{name}/checks': {
    path: { name: string };
    response: Reply<'CheckSummaries'>;
  };
  '#get|/v1/scorecards': {
    query: FleetQuery;
    response: Reply<'Scorecards'>;
  };
  '#get|/v1/scorecards.csv': {
    query: Omit<FleetQuery, 'limit' | 'cursor'>;
    response: any;
  };
  '#get|/v1/summary': {
    query: { groupBy: SummaryGroup; path?: string };
    response: Reply<'Summary'>;
  };
  '#get|/v1/sources': { response: Reply<'Sources'> };
  '#get|/v1/templates/{namespace}/{name}': {
    path: TemplatePath;
    response: Reply<'Template'>;
  };
  '#get|/v1/templates/{namespace}/{name}/files': {
    path: TemplatePath;
    response: Reply<'TemplateFiles'>;
  };
  '#get|/v1/templates/{namespace}/{name}/adoption': {
    path: TemplatePath;
    response: Reply<'Adoption'>;
  };
  '#get|/v1/templates/{namespace}/{name}/forecasts': {
    path: TemplatePath;
    response: Reply<'Forecasts'>;
  };
  '#post|/v1/templates/{namespace}/{name}/forecasts': {
    path: TemplatePath;
    response: Reply<'Forecast'>;
  };
  '#get|/v1/forecasts/{id}': {
    path: { id: string };
    response: Reply<'Forecast'>;
  };
  '#get|/v1/templates/{namespace}/{name}/desire-paths': {
    path: TemplatePath;
    response: Reply<'DesirePaths'>;
  };
  '#post|/v1/templates/{namespace}/{name}/desire-paths/{id}/propose': {
    path: TemplatePath & { id: string };
    response: Reply<'DesirePath'>;
  };
  '#get|/v1/entities/{kind}/{namespace}/{name}/updates': {
    path: EntityPath;
    response: Reply<'Updates'>;
  };
  '#post|/v1/entities/{kind}/{namespace}/{name}/updates': {
    path: EntityPath;
    response: Reply<'Update'>;
  };
  '#get|/v1/templates/{namespace}/{name}/rollouts': {
    path: TemplatePath;
    response: Reply<'Rollouts'>;
  };
  '#post|/v1/templates/{namespace}/{name}/rollouts': {
    path: TemplatePath;
    response: Reply<'Rollout'>;
  };
  '#get|/v1/rollouts/{id}': {
    path: { id: string };
    response: Reply<'Rollout'>;
  };
  '#post|/v1/rollouts/{id}/{action}': {
    path: { id: string; action: RolloutAction };
    response: Reply<'Rollout'>;
  };
  '#post|/v1/gate': { response: Reply<'GateDecision'> };
  '#get|/v1/gate/accuracy': {
    query: { entityRef?: string; days?: number };
    response: Reply<'GateAccuracy'>;
  };
  '#post|/v1/gate/replay': { response: Reply<'GateReplay'> };
  '#get|/v1/decisions': {
    query: {
      entityRef?: string;
      verdict?: GateVerdict;
      limit?: number;
      cursor?: string;
    };
    response: Reply<'GateDecisions'>;
  };
  '#get|/v1/decisions/{id}': {
    path: { id: string };
    response: Reply<'GateDecision'>;
  };
  '#post|/v1/decisions/{id}/override': {
    path: { id: string };
    response: Reply<'GateDecision'>;
  };
  '#get|/v1/waivers': {
    query: {
      entityRef?: string;
      path?: string;
      check?: string;
      status?: WaiverStatus;
      limit?: number;
      cursor?: string;
    };
    response: Reply<'Waivers'>;
  };
  '#post|/v1/waivers': { response: Reply<'Waiver'> };
  '#post|/v1/waivers/{id}/{action}': {
    path: { id: string; action: WaiverAction };
    response: Reply<'Waiver'>;
  };
};
