import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A database's door that a test can slam or hold: `cut` drops all connections and takes no more, `hold` lets nothing through. */
export interface Door { readonly port: number; cut(): void; hold(): void; open(): void; close(): Promise<void> }

export async function doorTo(host: string, port: number): Promise<Door> {
  const sockets = new Set<Socket>();
  let state: 'OPEN' | 'CUT' | 'HELD' = 'OPEN';
  const server = createServer((client) => {
    if (state === 'CUT') { client.destroy(); return; }
    const upstream = connect(port, host);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => { sockets.delete(socket); client.destroy(); upstream.destroy(); });
    }
    client.pipe(upstream).pipe(client);
    if (state === 'HELD') { client.pause(); upstream.pause(); }
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    port: (server.address() as AddressInfo).port,
    cut() { state = 'CUT'; for (const each of sockets) each.destroy(); },
    hold() { state = 'HELD'; for (const each of sockets) { each.unpipe(); each.pause(); } },
    open() { state = 'OPEN'; for (const each of sockets) each.destroy(); },
    close: () => new Promise((resolve) => { for (const each of sockets) each.destroy(); server.close(() => resolve()); }),
  };
}
