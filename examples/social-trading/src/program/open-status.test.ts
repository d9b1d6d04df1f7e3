import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { ChildSocial } from '../testing-local/child-social.ts';
import { useTemporaryFolder } from '../testing-local/temporary-folder.ts';

const folder = useTemporaryFolder();

it('says which port is taken, and what to give instead', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  try {
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const home = join(folder(), 'home');
    const child = new ChildSocial(['replay', '--home', home, '--status', String(port)]);
    expect(await child.ended).toBe(2);
    expect(child.lines).toEqual([
      expect.stringMatching(new RegExp(`^error STATUS_UNUSABLE: .* port ${port}: .*any free one$`)),
    ]);
  } finally {
    other.close();
  }
});
