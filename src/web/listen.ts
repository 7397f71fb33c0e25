import type { Server } from 'node:http';
import { PoolboardError } from '../shared/errors.ts';

const loopback = '127.0.0.1';

/** Listens on loopback, and nowhere else. Resolves with the port. Throws `PORT_TAKEN` or `PORT_REFUSED`. */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(
        cause.code === 'EADDRINUSE'
          ? new PoolboardError('PORT_TAKEN', `Port ${port} is in use: choose another with --port.`, { cause })
          : new PoolboardError('PORT_REFUSED', `Poolboard cannot listen on port ${port}: ${cause.message}.`, {
              cause,
            }),
      );
    });
    server.listen(port, loopback, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
