type Body = { customData?: { goldenPath?: object } };

/** The body of an event that names an entity, where it names none itself. @internal */
export function withEntity(body: unknown, entityRef: string): unknown {
  if (typeof body !== 'object' || body === null) {
    return body;
  }
  const { customData } = body as Body;
  if (customData !== undefined && typeof customData !== 'object') {
    return body;
  }
  return {
    ...body,
    customData: {
      ...customData,
      goldenPath: { entityRef, ...customData?.goldenPath },
    },
  };
}
