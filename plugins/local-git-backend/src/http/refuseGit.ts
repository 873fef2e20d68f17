import { Response } from 'express';

/** Answers a git client with a sentence that it shows; it shows plain text only. */
export function refuseGit(
  res: Response,
  status: number,
  message: string,
): void {
  res.status(status).type('text/plain').send(`${message}\n`);
}

/** Asks a git client for a push token. */
export function askForToken(res: Response): void {
  res.setHeader('WWW-Authenticate', 'Basic realm="local-git", charset="UTF-8"');
  refuseGit(
    res,
    401,
    'A push needs a valid push token of this repository as its password; any user name will do',
  );
}
