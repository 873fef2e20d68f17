/** Beginnings of the types that tell of deployments. @internal */
export const DEPLOYMENT_TYPES = [
  'dev.cdevents.service.deployed.',
  'dev.cdevents.service.upgraded.',
  'dev.cdevents.service.rolledback.',
];

/** Without an environment a pipeline built or tested, and deployed nothing. @internal */
export const PIPELINE_TYPES = ['dev.cdevents.pipelinerun.finished.'];

/** @internal */
export const INCIDENT_TYPES = ['dev.cdevents.incident.'];

/** Beginnings of every type that a metric reads; the runs of single tests, of which there are most, are not among them. @internal */
export const COUNTED_TYPES = [
  ...DEPLOYMENT_TYPES,
  ...PIPELINE_TYPES,
  ...INCIDENT_TYPES,
  'dev.cdevents.change.created.',
  'dev.cdevents.change.merged.',
  'dev.cdevents.artifact.packaged.',
  'dev.cdevents.artifact.published.',
  'dev.cdevents.approval.',
  'dev.cdevents.testsuiterun.finished.',
  'dev.cdeventsx.goldenpath-',
];

/** Beginnings of the types that pipelines and tools send, as opposed to what collectors fetch. @internal */
export const SENT_TYPES = ['dev.cdevents.', 'dev.cdeventsx.goldenpath-scan.'];
