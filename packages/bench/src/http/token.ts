/** Credential of the measuring client; it opens nothing but the backend of the run. */
export const TOKEN = 'bench-client-of-this-run';
