/** The environment a delivery event without one is about, unless what it tells of says otherwise. */
export const DEFAULT_ENVIRONMENT = 'production';
