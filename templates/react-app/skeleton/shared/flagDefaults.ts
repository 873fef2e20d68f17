/** Every flag of this app, with the value that holds while no provider can tell. */
export const FLAG_DEFAULTS = {
  'greetings-enabled': true,
  'time-of-day-greeting': false,
} as const satisfies Record<string, boolean>;

export type FlagKey = keyof typeof FLAG_DEFAULTS;
