/** Catalog annotation with the version of the template a service was created from. @public */
export const TEMPLATE_VERSION_ANNOTATION = 'backstage.io/template-version';

/** Catalog annotation with the template a service was created from. @public */
export const SOURCE_TEMPLATE_ANNOTATION = 'backstage.io/source-template';

/** Catalog annotation with the service id by which delivery events name an entity, where it is not its name. @public */
export const SERVICE_ID_ANNOTATION = 'golden-path.dev/service-id';

/**
 * Catalog annotation with the artifacts an entity ships, separated by commas: package URLs without version, or any
 * prefix of them that ends before a `/`.
 * @public
 */
export const ARTIFACT_ANNOTATION = 'golden-path.dev/artifact';

/** Catalog annotation with the IANA name of the time zone in which an entity's days and working hours are counted. @public */
export const TIME_ZONE_ANNOTATION = 'golden-path.dev/time-zone';
