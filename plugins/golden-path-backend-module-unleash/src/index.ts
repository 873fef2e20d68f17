/**
 * Feature flags with their age and use from Unleash, for golden paths.
 *
 * @packageDocumentation
 */
export { type FlagsData, flagsDataSchema } from './flagsData';
export { goldenPathModuleUnleash as default } from './module';
