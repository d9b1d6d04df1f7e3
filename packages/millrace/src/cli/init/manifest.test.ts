import { describe, expect, test } from '@jest/globals';
import { completeManifest, newManifest } from './manifest.ts';

const completed = (manifest: object): ReturnType<typeof completeManifest> =>
  completeManifest(JSON.stringify(manifest), '1.2.3', 'package.json');

describe('a package.json', () => {
  test('that is new is a module', () => {
    const { text, isModule } = newManifest('prices', '1.2.3');
    expect(isModule).toBe(true);
    expect(JSON.parse(text)).toMatchObject({
      name: 'prices',
      dependencies: { millrace: '^1.2.3' },
    });
  });

  test('that has all is kept byte for byte', () => {
    const { text } = newManifest('prices', '1.2.3');
    const odd = text.replaceAll('\n', '\r\n');
    expect(completeManifest(odd, '9.9.9', 'package.json')).toEqual({
      text: odd,
      added: [],
      isModule: true,
    });
  });

  test('keeps what it says: scripts, versions, its type, and packages in any section', () => {
    const { text, added, isModule } = completed({
      type: 'commonjs',
      scripts: { test: 'mine' },
      dependencies: { typescript: '5.9.3' },
      peerDependencies: { millrace: '*' },
    });
    expect(isModule).toBe(false);
    expect(JSON.parse(text)).toMatchObject({
      type: 'commonjs',
      scripts: { test: 'mine', run: 'millrace run' },
      dependencies: { typescript: '5.9.3' },
    });
    expect(added).not.toContain('scripts.test');
    expect(added.filter((path) => !path.startsWith('scripts.'))).toEqual([
      'devDependencies.@types/node',
    ]);
  });

  test('keeps the width of its indent', () => {
    const text = JSON.stringify({ name: 'x' }, undefined, 4);
    expect(completeManifest(text, '1.2.3', 'package.json').text).toMatch(/^ {4}"name": "x"/m);
  });

  test.each(['', '{', '[]', 'null', '5'])('that is %j is refused', (text) => {
    expect(() => completeManifest(text, '1.2.3', 'package.json')).toThrow(
      expect.objectContaining({ code: 'INIT_MANIFEST' }),
    );
  });
});
