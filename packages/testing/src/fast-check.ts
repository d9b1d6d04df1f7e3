/** The only file of the package that imports fast-check. */
export * as fc from 'fast-check';
