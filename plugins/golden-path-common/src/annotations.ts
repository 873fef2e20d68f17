/** Catalog annotation with the version of the template a service was created from. @public */
export const TEMPLATE_VERSION_ANNOTATION = 'backstage.io/template-version';

/** Catalog annotation with the template a service was created from. @public */
export const SOURCE_TEMPLATE_ANNOTATION = 'backstage.io/source-template';
