import {
  waiverDecisionSchema,
  waiverRecordSchema,
  waiverRequestSchema,
  waiversResponseSchema,
  waiverStatusSchema,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { cursor, limit, query, reply } from './parts';

/** What the waiver routes take and give, by the name of the OpenAPI component. @internal */
export const waiverComponents = {
  Waiver: waiverRecordSchema,
  Waivers: waiversResponseSchema,
  WaiverRequest: waiverRequestSchema,
  WaiverDecision: waiverDecisionSchema,
};

const atMost = (maxLength: number) => ({
  type: 'string',
  minLength: 1,
  maxLength,
});

const body = (component: keyof typeof waiverComponents) => ({
  content: {
    'application/json': {
      schema: { $ref: `#/components/schemas/${component}` },
    },
  },
});

/** What the API says of waivers. @internal */
export const waiverPaths = {
  '/v1/waivers': {
    get: {
      operationId: 'GetWaivers',
      description:
        'Exceptions from checks, asked for and decided, newest first',
      parameters: [
        query('entityRef', 'Only of this entity', atMost(500)),
        query('path', 'Only those that count on this path', atMost(63)),
        query('check', 'Only of this check', atMost(63)),
        query('status', 'Only those that have this status now', {
          type: 'string',
          enum: waiverStatusSchema.options,
        }),
        limit(200, 50),
        cursor,
      ],
      responses: reply(200, 'Waivers', 'A page of waivers'),
    },
    post: {
      operationId: 'RequestWaiver',
      description:
        'Asks for an exception from a check of an entity; it counts once it is approved. Without a path it is for the check of that id on every path. The same asked for again, while the first is open, gives the first.',
      requestBody: { required: true, ...body('WaiverRequest') },
      responses: reply(201, 'Waiver', 'The waiver'),
    },
  },
  '/v1/waivers/{id}/{action}': {
    post: {
      operationId: 'DecideWaiver',
      description:
        'Approves or rejects a waiver that is pending, revokes one that is approved, or withdraws either; 409 when it is something else by now',
      parameters: [
        { name: 'id', in: 'path', required: true, schema: atMost(63) },
        {
          name: 'action',
          in: 'path',
          required: true,
          schema: {
            type: 'string',
            enum: waiverRecordSchema.shape.actions.element.options,
          },
        },
      ],
      requestBody: { required: false, ...body('WaiverDecision') },
      responses: reply(200, 'Waiver', 'The waiver as it is now'),
    },
  },
};
