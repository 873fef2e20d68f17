/**
 * From a golden path to a template that starts a service on it. Reverse of {@link RELATION_TEMPLATE_OF}.
 * @public
 */
export const RELATION_HAS_TEMPLATE = 'hasTemplate';

/**
 * From a template to a golden path that names it. Reverse of {@link RELATION_HAS_TEMPLATE}.
 * @public
 */
export const RELATION_TEMPLATE_OF = 'templateOf';

/**
 * From an entity to the template it was created from. Reverse of {@link RELATION_SCAFFOLDER_OF}; both names are those
 * that the community's plugins use.
 * @public
 */
export const RELATION_SCAFFOLDED_FROM = 'scaffoldedFrom';

/**
 * From a template to an entity that was created from it. Reverse of {@link RELATION_SCAFFOLDED_FROM}.
 * @public
 */
export const RELATION_SCAFFOLDER_OF = 'scaffolderOf';
