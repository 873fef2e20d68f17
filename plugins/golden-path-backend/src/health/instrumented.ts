/** Which kinds of event were ever reported of an entity. @internal */
export interface Instrumented {
  deployments: boolean;
  incidents: boolean;
}
