export { OLDEST_SOUND_SQLITE } from '@millrace/core';
export { checkStoreFile } from './check-store-file.ts';
export { type Damage, describeDamage, type OnDamage } from './damage.ts';
export { type SqliteErrorCode, sqliteErrors } from './error-catalog.ts';
export { openSqliteStore, type SqliteStoreOptions } from './open-sqlite-store.ts';
export type { SqliteStore, Synchronous } from './sqlite-store.ts';
