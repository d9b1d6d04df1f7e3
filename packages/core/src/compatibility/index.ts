export { describeSchema } from './describe-schema.ts';
export type { SchemaSide } from './mark-schema.ts';
export { type SchemaMismatch, schemaMismatch } from './schema-mismatch.ts';
