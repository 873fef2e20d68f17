/**
 * Contracts, permissions and typed client of the Golden Path plugins.
 *
 * @packageDocumentation
 */
export * from './annotations';
export * from './catalogData';
export * from './client';
export * from './contract';
export * from './fleet';
export * from './gate';
export * from './health';
export * from './waivers';
export * from './goldenPathEntity';
export * from './localGit';
export * from './pathAppliesTo';
export * from './permissions';
export type { GoldenPathClientOptions } from './requests';
export * from './rollouts';
export * from './templates';
export * from './updates';
