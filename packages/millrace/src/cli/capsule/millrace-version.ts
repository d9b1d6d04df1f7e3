import { readFileSync } from 'node:fs';

/** Of this package. */
export function millraceVersion(): string {
  const manifest: { readonly version: string } = JSON.parse(
    readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
  );
  return manifest.version;
}
