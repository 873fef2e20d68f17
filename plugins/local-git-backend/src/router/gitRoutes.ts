import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { refuseGit } from '../http/refuseGit';
import { GitHandlers, GitHandlersOptions } from './GitHandlers';

const SMART_ONLY = 'Only the smart HTTP protocol of git is spoken here';

/** The smart HTTP protocol of git, and nothing else: files of a repository are not served as they lie on disk. */
export function createGitRoutes(options: GitHandlersOptions): Router {
  const router = PromiseRouter();
  const git = new GitHandlers(options);

  router.get('/git/:folder/info/refs', async (req, res) => {
    if (req.query.service === 'git-upload-pack') {
      await git.fetch(req, res, 'advertise');
    } else if (req.query.service === 'git-receive-pack') {
      await git.push(req, res, 'advertise');
    } else {
      refuseGit(res, 403, SMART_ONLY);
    }
  });
  router.post('/git/:folder/git-upload-pack', (req, res) =>
    git.fetch(req, res, 'invoke'),
  );
  router.post('/git/:folder/git-receive-pack', (req, res) =>
    git.push(req, res, 'invoke'),
  );
  router.use('/git', (_req, res) => {
    refuseGit(res, 404, SMART_ONLY);
  });

  return router;
}
