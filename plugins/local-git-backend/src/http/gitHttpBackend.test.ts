import { mkdir } from 'node:fs/promises';
import { AddressInfo, connect } from 'node:net';

import { mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import { makeFolder } from '../__testUtils__/gitClient';
import { ensureBareRepository } from '../git/ensureBareRepository';
import { gitHome } from '../git/gitEnvironment';
import { repositoryFolder } from '../git/repositoryFolder';
import { serveGitHttp } from './gitHttpBackend';

jest.setTimeout(60_000);

describe('serveGitHttp', () => {
  it('stops git when the client goes away in the middle of a push', async () => {
    const directory = await makeFolder();
    await mkdir(gitHome(directory));
    await ensureBareRepository(repositoryFolder({ directory, name: 'a' }));
    const app = express();
    const served = new Promise<void>((resolve, reject) => {
      app.post('/', (req, res) => {
        serveGitHttp({
          req,
          res,
          directory,
          name: 'a',
          service: 'git-receive-pack',
          call: 'invoke',
          pusher: { pushedBy: 'user:default/a' },
          maxBodyBytes: 2_000_000,
          logger: mockServices.logger.mock(),
        }).then(resolve, reject);
        req.once('data', () => setImmediate(() => req.socket.destroy()));
      });
    });
    const server = app.listen(0);
    const { port } = server.address() as AddressInfo;
    const socket = connect(port, 'localhost');
    socket.write(
      [
        'POST / HTTP/1.1',
        'Host: localhost',
        'Content-Type: application/x-git-receive-pack-request',
        'Content-Length: 1000000',
        '',
        '00',
      ].join('\r\n'),
    );

    await expect(served).resolves.toBeUndefined();
    server.close();
  });

  it('pushes nothing for nobody', async () => {
    const directory = await makeFolder();
    await ensureBareRepository(repositoryFolder({ directory, name: 'a' }));
    const app = express();
    app.get('/', (req, res) =>
      serveGitHttp({
        req,
        res,
        directory,
        name: 'a',
        service: 'git-receive-pack',
        call: 'advertise',
        maxBodyBytes: 1000,
        logger: mockServices.logger.mock(),
      }),
    );
    const server = app.listen(0);
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://localhost:${port}/`);
    await response.text();
    server.close();

    expect(response.status).toBe(403);
  });
});
