/**
 * Facts of Tech Insights retrievers for golden paths.
 *
 * @packageDocumentation
 */
export { goldenPathModuleTechInsights as default } from './module';
