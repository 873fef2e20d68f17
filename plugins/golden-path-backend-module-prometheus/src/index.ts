/**
 * Service level objectives and their error budgets from Prometheus, for golden paths.
 *
 * @packageDocumentation
 */
export { goldenPathModulePrometheus as default } from './module';
