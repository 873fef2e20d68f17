/** What an event is about that names no environment. */
export const PRODUCTION = 'production';
