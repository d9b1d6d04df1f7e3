/** The only file of these tests that imports the driver. */
export { DatabaseSync } from 'node:sqlite';
