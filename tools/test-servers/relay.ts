import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/**
 * A line to a server that can be cut and mended: the address stays the same while the server behind it is gone, and
 * no port is given up that somebody else could take meanwhile.
 */
export class Relay {
  readonly port: number;
  readonly #server: Server;
  readonly #sockets: Set<Socket>;
  readonly #line: { isCut: boolean };

  private constructor(server: Server, sockets: Set<Socket>, line: { isCut: boolean }) {
    this.#server = server;
    this.#sockets = sockets;
    this.#line = line;
    this.port = (server.address() as AddressInfo).port;
  }

  /** @param dial opens a connection to the server */
  static async open(dial: () => Socket): Promise<Relay> {
    const sockets = new Set<Socket>();
    const line = { isCut: false };
    const server = createServer((near) => {
      if (line.isCut) near.destroy();
      else join(near, dial(), sockets);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Relay(server, sockets, line);
  }

  /** Ends every connection, and each new one at once. */
  cut(): void {
    this.#line.isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#line.isCut = false;
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

function join(near: Socket, far: Socket, sockets: Set<Socket>): void {
  for (const [socket, other] of [
    [near, far],
    [far, near],
  ] as const) {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.pipe(other);
    socket.on('error', () => other.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      other.destroy();
    });
  }
}
