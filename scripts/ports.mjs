/** The two ports of the app, checked before a minute is spent on starting it. */
import net from 'node:net';
import { Plain } from './report.mjs';

function isFree(port) {
  return new Promise(resolve => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, 'localhost', () => server.close(() => resolve(true)));
  });
}

/** A port nobody listens on now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, 'localhost', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** @throws {Plain} when another program listens where the app or the backend would */
export async function requireFreePorts(env) {
  const ports = [
    ['GOLDEN_PATH_APP_PORT', Number(env.GOLDEN_PATH_APP_PORT ?? 3000)],
    ['GOLDEN_PATH_BACKEND_PORT', Number(env.GOLDEN_PATH_BACKEND_PORT ?? 7007)],
  ];
  for (const [variable, port] of ports) {
    if (!(await isFree(port))) {
      throw new Plain(
        `Port ${port} is in use. Stop what listens there, or set ${variable} to another port.`,
      );
    }
  }
}
