/** What a command says to the shell: 0 holds, 1 falls short, 2 could not tell. */
export const EXIT = { holds: 0, fallsShort: 1, couldNotTell: 2 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
