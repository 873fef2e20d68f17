/** Parts that the descriptions of several routes share. */

/** Names an entity. @internal */
export const entityParameters = ['kind', 'namespace', 'name'].map(name => ({
  name,
  in: 'path',
  required: true,
  schema: { type: 'string', minLength: 1, maxLength: 253 },
}));

/** @internal */
export const cursor = {
  name: 'cursor',
  in: 'query',
  description: 'The `nextCursor` of the page before',
  schema: { type: 'string', maxLength: 1000 },
};

/** @internal */
export const limit = (largest: number, fallback: number) => ({
  name: 'limit',
  in: 'query',
  description: `Items per page; default ${fallback}`,
  schema: { type: 'integer', minimum: 1, maximum: largest },
});

/** @internal */
export const query = (name: string, description: string, schema: object) => ({
  name,
  in: 'query',
  description,
  // A comma, or the colons of an instant, need no escaping
  allowReserved: true,
  schema,
});

/** @internal */
export const text = { type: 'string', minLength: 1, maxLength: 253 };

/** @internal */
export const instant = {
  type: 'string',
  minLength: 1,
  maxLength: 40,
  description: 'ISO 8601 date-time with offset, or date (midnight UTC)',
};

/** A JSON reply, or an error. @internal */
export function reply(status: number, component: string, description: string) {
  return {
    [status]: {
      description,
      content: {
        'application/json': {
          schema: { $ref: `#/components/schemas/${component}` },
        },
      },
    },
    default: { $ref: '#/components/responses/Error' },
  };
}
