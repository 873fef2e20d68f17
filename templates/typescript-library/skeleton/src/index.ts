export { greeting } from './greeting.ts';
export type { GreetingOptions } from './greeting.ts';
